import { placeOfTraced } from '../../core/traced';
import { alignedSource, type Code, sliceCode } from './code';
import type { Evaluation } from './evaluation';
import { nested, reading } from './evaluation';
import { type Expansion, madeOf, type Substitution } from './expand';
import { substituted } from './outputs';
import type { CommandExpansionPart, ProcessSubstitutionPart } from './parse';
import { setIn, takeOver } from './scope';
import { copyOf, type State } from './state';
import { runStatements } from './statements';
import { type Stream, unknownStream } from './stream';
import { type Pick, pickFirst } from './variants';

/** What words of a code are expanded with; `pick` chooses among the values that a variable may have. */
export function expansionIn(
  code: Code,
  state: State,
  evaluation: Evaluation,
  pick: Pick = pickFirst,
): Expansion {
  evaluation.substitution ??= substitutionIn(evaluation);
  const { output, substitute } = evaluation.substitution;
  return { code, state, pick, output, substitute };
}

const substitutionIn = (evaluation: Evaluation): Substitution => ({
  output(part, code, state) {
    const raw = sliceCode(code, part.pos, part.end);
    return substituted(printedBy(part, code, state, evaluation), raw.raw, placeOfTraced(raw));
  },
  substitute(part, code, state) {
    const raw = sliceCode(code, part.pos, part.end);
    const path = `/dev/fd/${part.pos}`;
    setIn(state.files, path, printedBy(part, code, state, evaluation));
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
