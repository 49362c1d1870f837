import type { Command, Fragment } from '../../../server/src/core/fragment';
import type { Site } from '../../../server/src/core/text';
import { shell } from '../../../server/src/sources/shell/shell';

export const uri = 'file:///repo/scripts/install.sh';

/** The fragments of a script; `files` are the others that it may read, by their paths from its folder. */
export const read = (text: string, files: Readonly<Record<string, string>> = {}): readonly Fragment[] =>
  shell.read(text, uri, (reference, directory) => {
    const { href } = new URL(reference, directory);
    const path = href.replace('file:///repo/scripts/', '');
    return { uri: href, text: files[path] };
  });

export const commands = (text: string, files?: Readonly<Record<string, string>>): readonly Command[] =>
  read(text, files).filter(fragment => fragment.kind === 'command');

/** The commands of a script, a line each: its words, and what they hold for. */
export const lines = (text: string, files?: Readonly<Record<string, string>>): readonly string[] =>
  commands(text, files).map(({ words, given }) => {
    const line = words
      .map(word => (word.text.kind === 'literal' ? word.text.value : `<${word.text.raw}>`))
      .join(' ');
    return given.length === 0
      ? line
      : `${line}  [${given.map(({ name, value }) => `${name}=${value}`).join(', ')}]`;
  });

/** What is written at a site of the script, with its way there: `docker.io/istio < $HUB`. */
export const textAt = (text: string, { uri: file, span, via = [] }: Site): string =>
  [
    file === uri ? text.slice(span.start, span.end) : file,
    ...via.map(step => (step.uri === uri ? text.slice(step.span.start, step.span.end) : step.uri)).reverse(),
  ].join(' < ');
