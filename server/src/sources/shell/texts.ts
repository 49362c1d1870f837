import { placeOfTraced, type Traced } from '../../core/traced';
import { type Evaluation, nested } from './evaluation';
import { parseShell } from './parse';
import { codeOf } from './redirects';
import type { State } from './state';
import { type Flow, runStatements } from './statements';
import { type Stream, unknownStream } from './stream';
import { type Pick, variantsOf } from './variants';

/** Follows a text that is run as a script of its own, for every value that its variables may have. */
export function runTexts(
  textWith: (pick: Pick) => Traced | undefined,
  flow: Flow,
  state: State,
  evaluation: Evaluation,
): Stream {
  const before = evaluation.choices;
  for (const { value: text, choices } of variantsOf(textWith)) {
    if (text === undefined) continue;
    evaluation.choices = [...before, ...choices];
    const code = codeOf(withoutSubstitutions(text), flow.code.uri);
    const script = parseShell(code.text.raw);
    if (script !== undefined)
      nested(evaluation, () => runStatements(script.commands, code, state, evaluation, flow.input));
    if (state.ended === 'return') state.ended = undefined;
  }
  evaluation.choices = before;
  return unknownStream('it is printed while the script runs');
}

/** A text in which commands that were run already, and whose output nobody knows, are variables that nobody knows. */
function withoutSubstitutions({ raw, stretches }: Traced): Traced {
  let at = 0;
  const parts = stretches.map(({ length, why }) => {
    at += length;
    const part = raw.slice(at - length, at);
    return why !== undefined && /^(?:\$\(|`)/.test(part) ? `$${'_'.repeat(length - 1)}` : part;
  });
  return { raw: parts.join(''), stretches };
}

/** The text that `eval` runs: its words between spaces. */
export function evaluated(words: readonly Traced[]): Traced | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const space = { raw: ' ', stretches: [{ length: 1, site: placeOfTraced(first), exact: false }] };
  return rest.reduce(
    (text, word) => ({
      raw: `${text.raw} ${word.raw}`,
      stretches: [...text.stretches, ...space.stretches, ...word.stretches],
    }),
    first,
  );
}
