import type { Document } from '../core/document';
import { type Command, wordOf } from '../core/fragment';
import type { InstallPlan } from '../core/install';
import { placed } from '../core/place';
import type { Settings } from '../core/settings';
import { tracedAt } from '../core/traced';
import { readFromDisk } from '../disk';
import type { Engine } from '../engine';

/**
 * The plans of every install in the files, with sites counted from the start of their files. `directory` is the URI of the
 * folder where a path is looked for, too. No network.
 */
export function plansOfFiles(
  files: readonly Document[],
  directory: string,
  engine: Engine,
  settings: Settings,
): readonly InstallPlan[] {
  return files.flatMap(file =>
    engine
      .plan(file, { settings, readFile: readFromDisk([directory]) })
      .installs.map(({ plan, chunk }) => placed(plan, file.uri, chunk.start)),
  );
}

/** The name under which a command line given as arguments appears in a plan. */
export const commandLine = 'command-line:';

/**
 * The plan of a command line given as arguments: one line, the words joined by spaces. `directory` is the URI of the
 * folder that its files are relative to; `undefined` when the words are no install.
 */
export function planOfWords(
  words: readonly string[],
  directory: string,
  engine: Engine,
  settings: Settings,
): InstallPlan | undefined {
  let offset = 0;
  const placedWords = words.map(word => {
    const span = { start: offset, end: offset + word.length };
    offset = span.end + 1;
    return wordOf(tracedAt(word, { uri: commandLine, span }));
  });
  const end = placedWords.at(-1)?.site.span.end ?? 0;
  const command: Command = {
    kind: 'command',
    words: placedWords,
    anchor: { uri: commandLine, span: { start: 0, end } },
    directories: [directory],
    variables: new Map(),
    before: [],
    into: [],
    written: [],
    given: [],
  };
  return engine.planFragment(command, { settings, readFile: readFromDisk([]) });
}
