import { joinTraced, sliceTraced, type Traced } from '../../core/traced';

/** The words that one word becomes while it is expanded: quoted texts go on with a word, others are split at spaces. */
export interface Fields {
  /** Goes on with the word; nothing is split. */
  readonly add: (text: Traced) => void;
  /** The same for a text in quotes, which makes a word even if it is empty. */
  readonly quoted: (text: Traced) => void;
  /** Splits at spaces, as the value of a variable without quotes is. */
  readonly split: (text: Traced) => void;
  readonly next: () => void;
  readonly end: () => readonly Traced[];
}

/** `isOneText`: as in an assignment or a here-document, nothing is split and there is one word only. */
export function createFields(isOneText = false): Fields {
  const done: Traced[] = [];
  let parts: Traced[] = [];
  const close = (): void => {
    if (parts.length > 0) done.push(joinTraced(parts));
    parts = [];
  };
  const add = (text: Traced): void => {
    if (text.raw !== '') parts.push(text);
  };
  return {
    add,
    quoted: text => void parts.push(text),
    split(text) {
      if (isOneText || text.stretches.some(({ why }) => why !== undefined)) {
        add(text);
        return;
      }
      for (const { 0: piece, index } of text.raw.matchAll(/[ \t\n]+|[^ \t\n]+/g)) {
        if (/[ \t\n]/.test(piece)) close();
        else parts.push(sliceTraced(text, index, index + piece.length));
      }
    },
    next: isOneText ? () => {} : close,
    end() {
      close();
      return done;
    },
  };
}
