import { dynamic } from '../../core/text';
import type { Scalar } from '../../core/tree';
import { isClosed, isQuoted, type ScalarToken, type SourceToken, scalarValue } from './parse';
import { type Reading, siteOf, textOf } from './reading';
import { plainType, taggedType } from './scalarType';

/** The scalar of a token. Its site covers the text within quotes, or the content of a block scalar. */
export function readScalar(reading: Reading, token: ScalarToken, tag: string | undefined): Scalar {
  const value = scalarValue(token);
  const site = siteOf(reading, ...content(reading, token));
  const text = textOf(reading, site, value);
  const type = token.type === 'scalar' && text.kind === 'literal' ? plainType(value) : 'string';
  return { kind: 'scalar', text, type: taggedType(tag) ?? type, site };
}

/** The null that stands where nothing is written. */
export function emptyScalar(reading: Reading, at: number, tag: string | undefined): Scalar {
  const type = taggedType(tag) ?? 'null';
  return {
    kind: 'scalar',
    text: textOf(reading, siteOf(reading, at, at), ''),
    type,
    site: siteOf(reading, at, at),
  };
}

/** A value that can't be told from the text between `start` and `end`. */
export function unknownScalar(reading: Reading, start: number, end: number, why: string): Scalar {
  const raw = reading.text.slice(start, end);
  return { kind: 'scalar', text: dynamic(raw, why), type: 'string', site: siteOf(reading, start, end) };
}

/**
 * Where a value would be written that is not there yet: behind the colon or dash and one blank, behind an anchor or a
 * tag, on the same line.
 */
export function emptyPlace(tokens: readonly SourceToken[], fallback: number): number {
  let at = fallback;
  for (const { type, offset, source } of tokens) {
    if (type === 'map-value-ind' || type === 'seq-item-ind' || type === 'anchor' || type === 'tag')
      at = offset + source.length;
    else if (type === 'space' && offset === at) at = offset + 1;
    else if (type === 'comment' || (type === 'newline' && at !== fallback)) break;
  }
  return at;
}

function content(reading: Reading, token: ScalarToken): readonly [start: number, end: number] {
  const { offset, source } = token;
  if (token.type === 'block-scalar') {
    const header = token.props.reduce(
      (length, part) => length + ('source' in part ? part.source.length : 0),
      0,
    );
    // As it was written: where an expression was covered by blanks, it is still a part of the text.
    const lines = reading.text.slice(offset + header, offset + header + source.length);
    const start = offset + header + Math.max(0, lines.search(/\S/));
    return [start, Math.max(start, offset + header + lines.trimEnd().length)];
  }
  if (!isQuoted(token)) return [offset, offset + source.length];
  return [offset + 1, offset + source.length - (isClosed(source) ? 1 : 0)];
}
