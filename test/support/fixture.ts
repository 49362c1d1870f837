/** A fixture as people write it: facts, settings, files, and what is expected under the text it speaks of. */
export interface Fixture {
  readonly facts: readonly string[];
  /** From lines such as `platform: linux/amd64`, above the first file. */
  readonly settings: Readonly<Record<string, readonly string[]>>;
  readonly files: readonly FixtureFile[];
}

export interface FixtureFile {
  readonly name: string;
  /** The text without its expectation lines and cursor. */
  readonly text: string;
  readonly expected: readonly Expected[];
  /** Where `@@` stood, in UTF-16 units. */
  readonly cursor: number | undefined;
}

/** `line` and columns count from 0; `message` is what must be part of the finding's message. */
export interface Expected {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly code: string;
  readonly message: string;
}

const header = /^--- ([\w.@-][\w./@-]*)$/;
const expectation = /^(\s*#?\s*)(\^+)\s+([a-z-]+)(?::\s*(.*))?$/;
const setting = /^([a-zA-Z-]+): (.*)$/;

/**
 * Reads a fixture. Lines above the first `--- NAME` are facts and settings; an expectation line `# ^^^ code: words`
 * stands under the text it means (the first line of it, where there are several) and is taken out before the text is read,
 * so that it may stand after a `\` or in a heredoc. At the first columns it has no `#`.
 */
export function fixtureOf(source: string): Fixture {
  const facts: string[] = [];
  const settings: Record<string, string[]> = {};
  const files: { name: string; lines: string[]; expected: Expected[] }[] = [];
  for (const line of source.replace(/^\n/, '').split('\n')) {
    const name = header.exec(line)?.[1];
    const file = files.at(-1);
    if (name !== undefined) files.push({ name, lines: [], expected: [] });
    else if (file === undefined) {
      const told = setting.exec(line.trim());
      if (told !== null) settings[told[1] ?? ''] = [...(settings[told[1] ?? ''] ?? []), told[2] ?? ''];
      else if (line.trim() !== '') facts.push(line.trim());
    } else {
      const match = expectation.exec(line);
      if (match === null) file.lines.push(line);
      else {
        const [, lead = '', carets = '', code = '', message = ''] = match;
        const start = lead.length;
        const place = { line: file.lines.length - 1, start, end: start + carets.length };
        file.expected.push({ ...place, code, message });
      }
    }
  }
  return { facts, settings, files: files.map(({ name, lines, expected }) => finish(name, lines, expected)) };
}

function finish(name: string, lines: readonly string[], expected: readonly Expected[]): FixtureFile {
  const marked = lines.join('\n');
  const cursor = marked.indexOf('@@');
  return { name, expected, text: marked.replace('@@', ''), cursor: cursor < 0 ? undefined : cursor };
}
