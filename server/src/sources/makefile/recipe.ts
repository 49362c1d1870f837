import type { Traced } from '../../core/traced';
import type { Script } from '../shell/script';
import { cutterOf } from './cutter';
import type { Values } from './fillIn';
import { referenceAt } from './references';
import { isKnown, type Part, spliced, without } from './splice';

/** Variables that hold nothing but the `@` that keeps a line from being shown. */
const quietNames = /^(?:Q|AT|QUIET|SILENT|HIDE|NO_?ECHO|ECHO_PREFIX|V_AT|V|VERBOSE|DEBUG)$/i;

/** The marks `@`, `-` and `+` at the start of a line that goes on in no other; values of several lines have them, too. */
const marks = /(?<![^\n]|\\\n)[ \t]*[@+-][ \t@+-]*/g;
const firstMarks = /^[ \t]*[@+-][ \t@+-]*/g;

/**
 * A line of a recipe as the shell gets it (GNU make manual, 5): with variables filled in, and without the marks `@`, `-`
 * and `+`. `known` are the variables that the shell may know; `isWhole`: the line is all of a recipe that one shell runs.
 */
export function scriptOf(
  line: Traced,
  values: Values,
  known: ReadonlyMap<string, readonly Traced[]>,
  isWhole: boolean,
): Script {
  const { raw } = line;
  const cut = cutterOf(line);
  const parts: Part[] = [];
  let from = 0;
  for (let at = raw.indexOf('$'); at !== -1; at = raw.indexOf('$', from)) {
    parts.push({ kind: 'text', text: cut(from, at) });
    const reference = referenceAt(raw, at);
    const whole = cut(at, reference.end);
    const found = values.ofReference(reference, whole, cut, raw);
    const name = reference.kind === 'variable' ? reference.name : '';
    const isQuiet =
      quietNames.test(name) && /^[\s@+-]*$/.test(raw.slice(Math.max(0, at - 20), at)) && at < 20;
    if (!isQuiet || found.every(isKnown)) parts.push({ kind: 'values', values: found, whole, name });
    from = reference.end;
  }
  parts.push({ kind: 'text', text: cut(from, raw.length) });
  const { text, variables } = spliced(parts, known);
  return { text: without(text, isWhole ? firstMarks : marks), variables };
}
