/** What a line under a line of code says: every token from `start` to `end` (UTF-16) has and lacks these scopes. */
export interface Assertion {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly has: readonly string[];
  readonly lacks: readonly string[];
}

/** A file of assertions: the scope of its language, its lines of code, and what is said of them by index. */
export interface GrammarTest {
  readonly scope: string;
  readonly code: readonly string[];
  readonly assertions: readonly Assertion[];
}

/**
 * Reads the format of vscode-tmgrammar-test: a header `# SYNTAX TEST "scope" "what"`; below a line of code, lines that
 * begin as the header does and hold `^^^ scope…` or `<--- scope…`, with what must be absent after ` ! `. Throws when
 * the header is missing, or an assertion says nothing or points outside its line.
 */
export function readGrammarTest(text: string): GrammarTest {
  const [first = '', ...rest] = text.replace(/\n$/, '').split('\n');
  const header = /^(\S+) SYNTAX TEST "([^"]+)"/.exec(first);
  if (header === null) throw new Error(`no header: ${first}`);
  const [, comment = '', scope = ''] = header;
  const code = [first];
  const assertions: Assertion[] = [];
  for (const line of rest) {
    const found = /^( *)(\^+|<~*-+)(?: +(.*))?$/.exec(line.slice(comment.length));
    if (!line.startsWith(comment) || found === null) {
      code.push(line);
      continue;
    }
    const assertion = readAssertion(found, comment.length, code.length - 1);
    const { start, end, has, lacks } = assertion;
    if (has.length + lacks.length === 0 || start >= end || end > (code.at(-1) ?? '').length)
      throw new Error(`says nothing of the line above it: ${line}`);
    assertions.push(assertion);
  }
  return { scope, code, assertions };
}

function readAssertion(found: RegExpExecArray, before: number, line: number): Assertion {
  const [, space = '', marks = '', scopes = ''] = found;
  const [has = '', lacks = ''] = ` ${scopes} `.split(' ! ');
  const start = marks.startsWith('<') ? marks.lastIndexOf('~') : before + space.length;
  const width = marks.replace(/[<~]/g, '').length;
  return { line, start, end: start + width, has: words(has), lacks: words(lacks) };
}

const words = (text: string): readonly string[] => text.split(' ').filter(word => word !== '');
