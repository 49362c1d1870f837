import { CST, Lexer, Parser } from 'yaml';

export type Token = CST.Token;
export type SourceToken = CST.SourceToken;
export type ScalarToken = CST.FlowScalar | CST.BlockScalar;
export type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;
export type Item = CST.CollectionItem;
export type DocumentToken = CST.Document;

/** Deeper nesting than any install file has, and shallow enough for functions that call themselves. */
const maximumDepth = 128;

/** About 45,000 lines of YAML in one document, and about half a second. */
const maximumTokens = 400_000;

/**
 * Ends a quoted scalar that was never closed: without a quote to come, the lexer takes everything up to the end of the
 * text for its content. Where every quote is closed it is an empty end of the document.
 */
const streamEnd = '\n... # \' "';

/** A text is read as a whole or not at all: half of it would say other things than the whole. `why` is a clause. */
export type Parsed =
  | { readonly kind: 'read'; readonly documents: readonly DocumentToken[] }
  | { readonly kind: 'unread'; readonly why: string };

const tooDeep = 'the document is nested more than 100 levels deep, which is deeper than Meshfit reads';
const tooLong = 'the document is longer than Meshfit reads (400,000 tokens, about 45,000 lines)';

/**
 * The syntax trees of a YAML text, whatever its errors; offsets may lie past the end of the text. A text that is nested
 * deeper or longer than any install is not read.
 */
export function parseDocuments(text: string): Parsed {
  const parser = new Parser();
  const documents: DocumentToken[] = [];
  const keep = (tokens: Iterable<Token>): void => {
    for (const token of tokens) if (token.type === 'document') documents.push(token);
  };
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text + streamEnd)) {
    keep(parser.next(lexeme));
    tokens += 1;
    if (tokens > maximumTokens) return { kind: 'unread', why: tooLong };
    if (parser.stack.length > maximumDepth) return { kind: 'unread', why: tooDeep };
  }
  keep(parser.end());
  return { kind: 'read', documents };
}

/** The value of a scalar: quotes removed, escapes resolved, lines folded. Errors in it are passed over. */
export function scalarValue(token: ScalarToken): string {
  const { type, source } = token;
  if (type === 'scalar' && !source.includes('\n')) return source;
  if (!isQuoted(token)) return resolve(token);
  const closed = isClosed(source) ? source : source + source.slice(0, 1);
  return /[\\\n']/.test(closed.slice(1, -1)) ? resolve({ ...token, source: closed }) : closed.slice(1, -1);
}

/** Whether the scalar began with a quote. */
export const isQuoted = (token: ScalarToken): boolean =>
  token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar';

/** Whether the source of a quoted scalar has its closing quote; it is missing while someone types. */
export const isClosed = (source: string): boolean => source.length > 1 && source.endsWith(source.slice(0, 1));

const resolve = (token: ScalarToken): string => CST.resolveAsScalar(token, false, () => {}).value;
