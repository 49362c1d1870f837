import type { Span } from '../../core/text';
import type { Token } from './tokens';

/** `name = …`: the value is made of the tokens from position `first` to before `after`. */
export interface Attribute {
  readonly name: string;
  readonly nameSpan: Span;
  readonly first: number;
  readonly after: number;
}

/** `type "label" "label" { … }`. */
export interface Block {
  readonly type: string;
  readonly labels: readonly Label[];
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  /** From its type to its closing brace; to the end of what was read of it where it is not closed. */
  readonly span: Span;
}

/** A label without its quotes. */
interface Label {
  readonly text: string;
  readonly span: Span;
}

/** A block that is being read. */
interface Open extends Block {
  readonly attributes: Attribute[];
  readonly blocks: Open[];
  readonly span: { start: number; end: number };
}

/** The blocks and attributes of a file, as a block without a type. Never throws; what makes no sense is passed over. */
export function bodyOf(text: string, tokens: readonly Token[]): Block {
  const root = opened('', [], 0);
  let stack = [root];
  const top = (): Open => stack.at(-1) ?? root;
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token === undefined) break;
    for (const open of token.kind === 'newline' ? [top()] : []) open.span.end = token.start;
    if (token.kind === 'block') stack = [root];
    if (token.text === '}' && stack.length > 1) top().span.end = token.end;
    if (token.text === '}' && stack.length > 1) stack.pop();
    if (token.kind !== 'word') {
      at += 1;
      continue;
    }
    const nameSpan = { start: token.start, end: token.end };
    if (tokens[at + 1]?.text === '=') {
      const after = expressionEnd(tokens, at + 2);
      top().attributes.push({ name: token.text, nameSpan, first: at + 2, after });
      at = after;
      continue;
    }
    const { labels, next } = labelsAt(text, tokens, at + 1);
    if (tokens[next]?.text === '{') {
      const block = opened(token.text, labels, token.start);
      top().blocks.push(block);
      stack.push(block);
      at = next + 1;
    } else at += 1;
  }
  return root;
}

const opened = (type: string, labels: readonly Label[], start: number): Open => ({
  type,
  labels,
  attributes: [],
  blocks: [],
  span: { start, end: start },
});

const mostLabels = 4;

function labelsAt(
  text: string,
  tokens: readonly Token[],
  from: number,
): { readonly labels: readonly Label[]; readonly next: number } {
  const labels: Label[] = [];
  let at = from;
  for (; labels.length < mostLabels; at += 1) {
    const token = tokens[at];
    if (token?.kind !== 'word' && token?.kind !== 'quoted') break;
    const span = token.content ?? { start: token.start, end: token.end };
    labels.push({ text: text.slice(span.start, span.end), span });
  }
  return { labels, next: at };
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The position after an expression: at the end of its line, but for what is between brackets. */
function expressionEnd(tokens: readonly Token[], from: number): number {
  const closers: string[] = [];
  for (let at = from; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] ?? { kind: 'block', text: '' };
    if (kind === 'block' || (kind === 'newline' && closers.length === 0)) return at;
    if (kind !== 'mark') continue;
    const closer = pairs[text];
    if (text === ',' && closers.length === 0) return at;
    if (closer !== undefined) closers.push(closer);
    else if ((text === ')' || text === ']' || text === '}') && closers.pop() !== text) return at;
  }
  return tokens.length;
}

/** The attribute of this name; the last one where there are several. */
export const attributeOf = (block: Block, name: string): Attribute | undefined =>
  block.attributes.findLast(attribute => attribute.name === name);
