import { siteOfTraced } from '../../core/traced';
import { lookUp, setIn, takeOver } from './scope';
import { become, type Candidate, type Choice, copyOf, mostCandidates, type State, type Value } from './state';
import { isFromOutside } from './unknown';

/**
 * Follows the ways that a script may take at one point, each on a copy of the state, and joins what they lead to: a
 * variable that they leave with different values has all of these. A way that leaves the script counts no more.
 */
export function followForks(state: State, fork: number, ways: readonly ((state: State) => void)[]): void {
  const ends = ways.map(way => {
    const copy = copyOf(state);
    way(copy);
    return copy;
  });
  const going = ends.filter(({ ended }) => ended === undefined);
  const [first] = going;
  if (first === undefined) {
    state.ended = ends[0]?.ended;
    return;
  }
  if (going.length === 1) {
    become(state, first);
    return;
  }
  const names = new Set(going.flatMap(({ variables }) => [...(variables.own?.keys() ?? [])]));
  for (const name of names) {
    const values = going.map(({ variables }) => lookUp(variables, name));
    const joined = values.every(value => value === values[0])
      ? (values[0] ?? [])
      : joinCandidates(name, fork, values);
    if (joined.length > 0) setIn(state.variables, name, joined);
    else setIn(state.variables, name, undefined);
  }
  for (const end of going) {
    takeOver(state.files, end.files);
    takeOver(state.functions, end.functions);
  }
  state.positional = first.positional;
  state.directory = going.every(({ directory }) => directory === first.directory)
    ? first.directory
    : undefined;
}

function joinCandidates(
  name: string,
  fork: number,
  values: readonly (readonly Candidate[] | undefined)[],
): readonly Candidate[] {
  const all = values.flatMap((candidates, branch) =>
    (candidates ?? []).map(candidate =>
      withChoice(candidate, { fork, branch, given: givenOf(name, candidate.value) }),
    ),
  );
  const known = all.filter(({ value }) => !comesFromOutside(value));
  const kept = known.length > 0 ? known : all;
  const distinct = kept.filter(
    (candidate, index) => kept.findIndex(other => other.value === candidate.value) === index,
  );
  const [only] = distinct;
  if (distinct.length === 1 && only !== undefined) return [{ value: only.value, choices: [] }];
  return distinct.slice(0, mostCandidates);
}

const withChoice = ({ value, choices }: Candidate, choice: Choice): Candidate => ({
  value,
  choices: [...choices.filter(({ fork }) => fork !== choice.fork), choice],
});

const comesFromOutside = (value: Value): boolean => value.kind === 'text' && isFromOutside(value.text);

/** What is said of a value: the text itself, or the items of an array between spaces. */
export function givenOf(name: string, value: Value): Choice['given'] {
  const texts = value.kind === 'text' ? [value.text] : value.items;
  const [first] = texts;
  const { uri, span } = first === undefined ? { uri: '', span: { start: 0, end: 0 } } : siteOfTraced(first);
  return { name, value: texts.map(({ raw }) => raw).join(' '), site: { uri, span } };
}
