import type { PlannedInstall, ReadFile } from './document';
import type { Replanned } from './fix';
import type { InstallPlan } from './install';
import { type Planning, planFragment } from './plan';
import { applyEdits, type TextEdit, textOf } from './text';

/**
 * What an install becomes by the edits, and which images of the chunk's other installs change with it (an anchor may feed
 * them both); `undefined` if it would be no install any more, or if one of a pair of quotes would be left. Edits of the
 * file `uri` count from the start of the install's chunk, edits of other files from the file's start.
 */
export function replan(
  { chunk, position, source }: PlannedInstall,
  uri: string,
  edits: readonly TextEdit[],
  planning: Planning,
): Replanned | undefined {
  const editsIn = (file: string) => edits.filter(edit => edit.uri === file);
  let isHalved = editsIn(uri).some(edit => halvesQuotes(chunk.text, edit));
  const readFile: ReadFile = (reference, directory) => {
    const file = planning.readFile(reference, directory);
    const { text } = file;
    if (text === undefined) return file;
    // An install may read the very file that it stands in.
    const own = editsIn(file.uri).map(edit => (file.uri === uri ? shiftEdit(edit, chunk.start) : edit));
    isHalved ||= own.some(edit => halvesQuotes(text, edit));
    return { ...file, text: applyEdits(text, own) };
  };
  const plansOf = (text: string, how: Planning): readonly (InstallPlan | undefined)[] =>
    source.read(text, uri, how.readFile).map(fragment => planFragment(fragment, how)?.plan);
  const after = plansOf(applyEdits(chunk.text, editsIn(uri)), { ...planning, readFile });
  const plan = after[position];
  if (plan === undefined || isHalved) return undefined;
  const others = after.filter((_, index) => index !== position);
  if (others.length === 0) return { plan, alsoChanged: [] };
  const before = new Set(plansOf(chunk.text, planning).flatMap(namesOf));
  const changed = others.flatMap(other => other?.images ?? []);
  return { plan, alsoChanged: changed.filter(use => !before.has(textOf(use.reference))) };
}

const shiftEdit = (edit: TextEdit, by: number): TextEdit => ({
  ...edit,
  span: { start: edit.span.start + by, end: edit.span.end + by },
});

/** Whether an edit takes away only one of two quotes, as for the `"$PATCH` of `1.14."$PATCH"`. */
const halvesQuotes = (text: string, { span }: TextEdit): boolean =>
  ['"', "'", '`'].some(quote => text.slice(span.start, span.end).split(quote).length % 2 === 0);

const namesOf = (plan: InstallPlan | undefined): readonly string[] =>
  (plan?.images ?? []).map(({ reference }) => textOf(reference));
