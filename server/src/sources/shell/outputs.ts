import { joinTraced, placeOfTraced, sliceTraced, type Traced, textOfTraced } from '../../core/traced';
import { filledIn } from './envsubst';
import { chomped, madeOf, withLineEnd } from './expand';
import type { State } from './state';
import {
  joinStreams,
  nothingPrinted,
  type ReadScriptFile,
  readStream,
  type Stream,
  textStream,
  unknownStream,
  writeStream,
} from './stream';
import { isUnknown } from './unknown';

/** What a command is run with, besides its words. */
export interface Running {
  readonly state: State;
  /** Its input, where something is put into it. */
  readonly input: Stream | undefined;
  readonly readFile: ReadScriptFile;
}

/** Whether a command prints something that follows from its words and its input. */
export const printsSomethingKnown = (name: string): boolean => printers.test(name);

const printers =
  /(?:^|\/)(?:echo|printf|cat|tee|envsubst|pwd|dirname|basename|readlink|realpath|git|which|command)$/;

/** What a well-known command prints, by its words; a command that is not known prints something unknown. */
export function outputOf(words: readonly Traced[], running: Running): Stream {
  const [name, ...rest] = words;
  if (name === undefined) return running.input ?? nothingPrinted;
  const { state, input, readFile } = running;
  const site = placeOfTraced(name);
  switch (name.raw.slice(name.raw.lastIndexOf('/') + 1)) {
    case 'echo': {
      const start = rest.findIndex(({ raw }) => !/^-[neE]+$/.test(raw));
      const text = spaced(rest.slice(start), name);
      const hasEscapes = rest.slice(0, Math.max(0, start)).some(({ raw }) => raw.includes('e'));
      return textStream(withLineEnd(hasEscapes ? unescapedText(text) : text));
    }
    case 'which':
    case 'command': {
      // The program is known by its name, wherever it is found.
      const program = rest.find(({ raw }) => !raw.startsWith('-'));
      return program === undefined
        ? unknownStream('it is known only while the script runs')
        : textStream(withLineEnd(program));
    }
    case 'printf':
      return printed(rest, name);
    case 'cat': {
      const files = rest.filter(({ raw }) => !/^-./.test(raw));
      if (files.length === 0) return input ?? unknownStream('it is typed in while the script runs');
      return joinStreams(
        files.map(file =>
          file.raw === '-' ? (input ?? unknownStream('it is typed in')) : readStream(file, state, readFile),
        ),
      );
    }
    case 'tee': {
      const stream = input ?? unknownStream('it is typed in while the script runs');
      const append = rest.some(({ raw }) => raw === '-a' || raw === '--append');
      for (const file of rest) if (!file.raw.startsWith('-')) writeStream(file, stream, append, state);
      return stream;
    }
    case 'envsubst':
      return input?.kind === 'text'
        ? textStream(filledIn(input.text, state))
        : (input ?? unknownStream('its input is not known'));
    case 'pwd':
      return textStream(madeOf(state.directory ?? '.', site));
    case 'dirname':
      return pathOutput(
        rest,
        site,
        path => path.replace(/\/*[^/]*\/*$/, '') || (path.startsWith('/') ? '/' : '.'),
      );
    case 'basename':
      return pathOutput(rest, site, path => path.replace(/\/+$/, '').replace(/^.*\//, ''));
    case 'readlink':
    case 'realpath':
      return pathOutput(rest, site, path => path);
    case 'git':
      if (rest[0]?.raw === 'rev-parse' && rest[1]?.raw === '--show-toplevel')
        return textStream(madeOf('.', site));
      return unknownStream('it is printed by git while the script runs');
    default:
      return unknownStream(`it is printed by ${name.raw.slice(0, 40)} while the script runs`);
  }
}

/** A text in which `\\n` and `\\t` are line ends and tabs, as `echo -e` prints them. */
function unescapedText(text: Traced): Traced {
  const parts: Traced[] = [];
  let from = 0;
  for (const { 0: written, index } of text.raw.matchAll(/\\[nt]/g)) {
    const whole = sliceTraced(text, index, index + written.length);
    parts.push(sliceTraced(text, from, index), madeOf(escapes.get(written) ?? written, placeOfTraced(whole)));
    from = index + written.length;
  }
  return from === 0 ? text : joinTraced([...parts, sliceTraced(text, from)]);
}

function spaced(words: readonly Traced[], name: Traced): Traced {
  const space = madeOf(' ', placeOfTraced(name));
  return joinTraced(words.flatMap((word, index) => (index === 0 ? [word] : [space, word])));
}

function pathOutput(
  words: readonly Traced[],
  site: ReturnType<typeof placeOfTraced>,
  change: (path: string) => string,
): Stream {
  const path = words.find(({ raw }) => !raw.startsWith('-'));
  if (path === undefined) return unknownStream('it is known only while the script runs');
  const text = textOfTraced(path);
  return text.kind === 'dynamic' ? unknownStream(text.why) : textStream(madeOf(change(text.value), site));
}

/** printf(1) with `%s` and line ends; anything else that it can do is not followed. */
function printed([format, ...values]: readonly Traced[], name: Traced): Stream {
  if (format === undefined || isUnknown(format)) return unknownStream('it is printed while the script runs');
  const rest = [...values];
  const parts: Traced[] = [];
  const site = placeOfTraced(format);
  for (const { 0: piece } of format.raw.matchAll(/%s|%%|\\n|\\t|%.|[^%\\]+|\\./gs)) {
    if (piece === '%s') parts.push(rest.shift() ?? madeOf('', site));
    else if (piece.length === 2 && piece.startsWith('%') && piece !== '%%')
      return unknownStream(`it is printed by ${name.raw} while the script runs`);
    else parts.push(madeOf(escapes.get(piece) ?? piece, site));
  }
  return textStream(parts.length === 0 ? madeOf('', site) : joinTraced(parts));
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['%%', '%'],
  ['\\n', '\n'],
  ['\\t', '\t'],
]);

/** What a command in `$( )` stands for. */
export const substituted = (stream: Stream, raw: string, site: ReturnType<typeof placeOfTraced>): Traced =>
  stream.kind === 'text'
    ? chomped(stream.text)
    : { raw, stretches: [{ length: raw.length, site, exact: false, why: stream.why }] };
