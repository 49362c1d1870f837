import type { Span } from '../../core/text';
import type { Token } from './tokens';

/** Goes through the tokens of one expression from left to right. */
export interface Cursor {
  /** The next token; `undefined` at the end. */
  readonly token: () => Token | undefined;
  /** The next mark as it is written, else an empty text. */
  readonly mark: () => string;
  readonly isWord: (text: string) => boolean;
  readonly step: () => void;
  /** Steps over this mark if it comes next. */
  readonly take: (mark: string) => boolean;
  /** Steps over a dot and the name behind it, and gives that name. */
  readonly takeStep: () => string | undefined;
  readonly skipNewlines: () => void;
  /** How many tokens were passed. */
  readonly position: () => number;
  /** From an offset to the end of the last token. */
  readonly spanFrom: (start: number) => Span;
  /** Where the next token starts. */
  readonly start: () => number;
}

/** A cursor at position `from` of the tokens, which ends before `to`. */
export function cursorOver(tokens: readonly Token[], from: number, to: number): Cursor {
  let at = from;
  const token = (): Token | undefined => (at < to ? tokens[at] : undefined);
  const mark = (): string => {
    const next = token();
    return next?.kind === 'mark' ? next.text : '';
  };
  const lastEnd = (): number => tokens[at - 1]?.end ?? tokens[at]?.start ?? 0;
  return {
    token,
    mark,
    isWord: text => token()?.kind === 'word' && token()?.text === text,
    step() {
      at += 1;
    },
    take(text) {
      const is = mark() === text;
      if (is) at += 1;
      return is;
    },
    takeStep() {
      const name = at + 1 < to ? tokens[at + 1] : undefined;
      if (mark() !== '.' || (name?.kind !== 'word' && name?.text !== '*')) return undefined;
      at += 2;
      return name.text;
    },
    skipNewlines() {
      while (token()?.kind === 'newline') at += 1;
    },
    position: () => at,
    spanFrom: start => ({ start, end: Math.max(start, lastEnd()) }),
    start: () => token()?.start ?? lastEnd(),
  };
}
