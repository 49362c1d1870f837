import type { Cursor } from './cursor';
import { computed, type Expression, type ObjectEntry } from './expression';
import { readBracketed, readExpression, readOperand } from './expressions';

/** The items of a list or the arguments of a call, whose opening bracket was read, with the closing one. */
export function itemsIn(cursor: Cursor, closer: string, depth: number): readonly Expression[] {
  const found: Expression[] = [];
  for (;;) {
    cursor.skipNewlines();
    if (cursor.token() === undefined || cursor.take(closer)) return found;
    const before = cursor.position();
    found.push(readBracketed(cursor, depth + 1));
    cursor.take('...');
    cursor.skipNewlines();
    cursor.take(',');
    if (cursor.position() === before) cursor.step();
  }
}

/** The entries of an object whose opening brace was read, with the closing one. */
export function entriesIn(cursor: Cursor, depth: number): readonly ObjectEntry[] {
  const found: ObjectEntry[] = [];
  for (;;) {
    cursor.skipNewlines();
    if (cursor.token() === undefined || cursor.take('}')) return found;
    const before = cursor.position();
    const key = readOperand(cursor, depth + 1);
    if (cursor.take('=') || cursor.take(':')) {
      cursor.skipNewlines();
      found.push({ key, value: readExpression(cursor, depth + 1, false) });
    }
    cursor.take(',');
    if (cursor.position() === before) cursor.step();
  }
}

/** `for … in … : …` between brackets, of which the opening one was read, with the closing one. */
export function loopIn(cursor: Cursor, isList: boolean, start: number, depth: number): Expression {
  cursor.step();
  const names: string[] = [];
  while (cursor.token()?.kind === 'word' && !cursor.isWord('in')) {
    names.push(cursor.token()?.text ?? '');
    cursor.step();
    cursor.take(',');
  }
  cursor.step();
  const over = readBracketed(cursor, depth + 1);
  cursor.take(':');
  const first = readBracketed(cursor, depth + 1);
  const second = cursor.take('=>') ? readBracketed(cursor, depth + 1) : undefined;
  const isGrouped = cursor.take('...');
  cursor.skipNewlines();
  const hasCondition = cursor.isWord('if');
  if (hasCondition) cursor.step();
  const condition = hasCondition ? readBracketed(cursor, depth + 1) : undefined;
  const isClosed = cursor.take(isList ? ']' : '}');
  const span = cursor.spanFrom(start);
  if (!isClosed || isGrouped || isList !== (second === undefined) || names.length === 0)
    return computed(span);
  const [key, value] = second === undefined ? [undefined, first] : [first, second];
  return { kind: 'for', names, over, key, value, condition, span };
}
