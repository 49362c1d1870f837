import { entriesIn, itemsIn, loopIn } from './collections';
import { type Cursor, cursorOver } from './cursor';
import { computed, type Expression } from './expression';
import type { Token } from './tokens';

/** Nobody nests deeper; what is deeper is passed over. */
const deepest = 60;

/** Reads the tokens from position `from` to before `to` as one expression; `computed` where they are none. */
export function expressionOf(tokens: readonly Token[], from: number, to: number): Expression {
  const cursor = cursorOver(tokens, from, to);
  const expression = readExpression(cursor, 0, false);
  cursor.skipNewlines();
  if (cursor.token() === undefined) return expression;
  const { start, end } = expression.span;
  return computed({ start, end: Math.max(end, tokens[to - 1]?.end ?? end) });
}

/** An expression between brackets, where a line may end anywhere. */
export function readBracketed(cursor: Cursor, depth: number): Expression {
  cursor.skipNewlines();
  const found = readExpression(cursor, depth, true);
  cursor.skipNewlines();
  return found;
}

const operators = /^(?:[-+*/%<>]|>=|<=|&&|\|\|)$/;

/** An operand, or several with operators; `isBracketed` where a line may end between them. */
export function readExpression(cursor: Cursor, depth: number, isBracketed: boolean): Expression {
  const start = cursor.start();
  const ahead = (): string => {
    if (isBracketed) cursor.skipNewlines();
    return cursor.mark();
  };
  let found = readOperand(cursor, depth);
  const mark = ahead();
  if (mark === '==' || mark === '!=') {
    cursor.step();
    if (isBracketed) cursor.skipNewlines();
    const parts = [found, readOperand(cursor, depth)] as const;
    found = { kind: 'equal', is: mark === '==', parts, span: cursor.spanFrom(start) };
  }
  if (operators.test(ahead())) {
    cursor.step();
    if (isBracketed) cursor.skipNewlines();
    readExpression(cursor, depth + 1, isBracketed);
    return computed(cursor.spanFrom(start));
  }
  if (ahead() !== '?') return found;
  const parts: Expression[] = [];
  for (const sign of ['?', ':']) {
    if (ahead() !== sign) break;
    cursor.step();
    if (isBracketed) cursor.skipNewlines();
    parts.push(readExpression(cursor, depth + 1, isBracketed));
  }
  const [yes, no] = parts;
  const span = cursor.spanFrom(start);
  return yes === undefined || no === undefined
    ? computed(span)
    : { kind: 'choice', parts: [found, yes, no], span };
}

/** A value with the steps into it that follow: `.name`, `[0]`, `.0`; splats are not followed. */
export function readOperand(cursor: Cursor, depth: number): Expression {
  const first = cursor.token();
  const start = cursor.start();
  if (first === undefined || depth > deepest) return passOver(cursor);
  let found = readPrimary(cursor, first, depth);
  for (;;) {
    const name = cursor.takeStep();
    if (name !== undefined) {
      const span = cursor.spanFrom(start);
      found = name === '*' ? computed(span) : { kind: 'access', of: found, step: name, span };
    } else if (cursor.take('[')) {
      const step = cursor.take('*') ? undefined : readBracketed(cursor, depth + 1);
      cursor.take(']');
      const span = cursor.spanFrom(start);
      found = step === undefined ? computed(span) : { kind: 'access', of: found, step, span };
    } else return found;
  }
}

function readPrimary(cursor: Cursor, first: Token, depth: number): Expression {
  const { start, end } = first;
  if (first.kind === 'quoted' || first.kind === 'heredoc') {
    cursor.step();
    return { kind: 'text', token: first, span: { start, end } };
  }
  if (first.kind === 'word') {
    cursor.step();
    if (!cursor.take('(')) return { kind: 'word', word: first.text, span: { start, end } };
    const args = itemsIn(cursor, ')', depth);
    return { kind: 'call', name: first.text, args, span: cursor.spanFrom(start) };
  }
  if (cursor.take('!') || cursor.take('-')) {
    readOperand(cursor, depth + 1);
    return computed(cursor.spanFrom(start));
  }
  if (cursor.take('(')) {
    const inner = readBracketed(cursor, depth + 1);
    const span = cursor.take(')') ? cursor.spanFrom(start) : undefined;
    return span === undefined ? computed(cursor.spanFrom(start)) : { ...inner, span };
  }
  const isList = cursor.take('[');
  if (!isList && !cursor.take('{')) return passOver(cursor);
  cursor.skipNewlines();
  if (cursor.isWord('for')) return loopIn(cursor, isList, start, depth);
  if (isList) return { kind: 'list', items: itemsIn(cursor, ']', depth), span: cursor.spanFrom(start) };
  return { kind: 'object', entries: entriesIn(cursor, depth), span: cursor.spanFrom(start) };
}

/** What is no expression, up to where one that it stands in may go on. */
function passOver(cursor: Cursor): Expression {
  const start = cursor.start();
  let open = 0;
  for (; cursor.token() !== undefined; cursor.step()) {
    const mark = cursor.token()?.kind === 'newline' ? '\n' : cursor.mark();
    if (open === 0 && /^(?:[,)\]}:\n]|=>)$/.test(mark)) break;
    if (/^[([{]$/.test(mark)) open += 1;
    if (/^[)\]}]$/.test(mark)) open -= 1;
  }
  return computed(cursor.spanFrom(start));
}
