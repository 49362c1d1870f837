import { placeOfTraced } from '../../core/traced';
import { alignedSource, type Code, sliceCode } from './code';
import type { Evaluation } from './evaluation';
import { nested, reading } from './evaluation';
import { type Expansion, madeOf } from './expand';
import { substituted } from './outputs';
import type { CommandExpansionPart, ProcessSubstitutionPart } from './parse';
import { takeOver } from './scope';
import { copyOf, type State } from './state';
import { runStatements } from './statements';
import { type Stream, unknownStream } from './stream';
import { type Pick, pickFirst } from './variants';

/** What words of a code are expanded with; `pick` chooses among the values that a variable may have. */
export const expansionIn = (
  code: Code,
  state: State,
  evaluation: Evaluation,
  pick: Pick = pickFirst,
): Expansion => ({
  code,
  state,
  pick,
  output(part, inCode, on) {
    const raw = sliceCode(inCode, part.pos, part.end);
    return substituted(printedBy(part, inCode, on, evaluation), raw.raw, placeOfTraced(raw));
  },
  substitute(part, inCode, on) {
    const raw = sliceCode(inCode, part.pos, part.end);
    const path = `/dev/fd/${part.pos}`;
    on.files.set(path, printedBy(part, inCode, on, evaluation));
    return madeOf(path, placeOfTraced(raw));
  },
});

function printedBy(
  { script, pos, end }: CommandExpansionPart | ProcessSubstitutionPart,
  code: Code,
  state: State,
  evaluation: Evaluation,
): Stream {
  const unknown = unknownStream('it is printed by a command while the script runs');
  if (script === undefined) return unknown;
  const inner = script.source === undefined ? code : alignedSource(code, pos, end, script.source);
  const own = copyOf(state);
  const stream = nested(evaluation, () =>
    reading(evaluation, () => runStatements(script.commands, inner, own, evaluation)),
  );
  takeOver(state.files, own.files);
  return stream ?? unknown;
}
