import type { PlannedInstall, ReadFile } from './document';
import type { Replanned } from './fix';
import type { InstallPlan } from './install';
import { type Planning, planFragment } from './plan';
import { applyEdits, type TextEdit, textOf } from './text';

/**
 * What an install becomes by the edits, and which images of the chunk's other installs change with it (an anchor may feed
 * them both); `undefined` if it would be no install any more. Edits of the file `uri` count from the start of the
 * install's chunk, edits of other files from the file's start.
 */
export function replan(
  { chunk, position, source }: PlannedInstall,
  uri: string,
  edits: readonly TextEdit[],
  planning: Planning,
): Replanned | undefined {
  const editsIn = (file: string) => edits.filter(edit => edit.uri === file);
  const readFile: ReadFile = (reference, directory) => {
    const file = planning.readFile(reference, directory);
    return file.text === undefined ? file : { ...file, text: applyEdits(file.text, editsIn(file.uri)) };
  };
  const plansOf = (text: string, how: Planning): readonly (InstallPlan | undefined)[] =>
    source.read(text, uri, how.readFile).map(fragment => planFragment(fragment, how)?.plan);
  const after = plansOf(applyEdits(chunk.text, editsIn(uri)), { ...planning, readFile });
  const plan = after[position];
  if (plan === undefined) return undefined;
  const others = after.filter((_, index) => index !== position);
  if (others.length === 0) return { plan, alsoChanged: [] };
  const before = new Set(plansOf(chunk.text, planning).flatMap(namesOf));
  const changed = others.flatMap(other => other?.images ?? []);
  return { plan, alsoChanged: changed.filter(use => !before.has(textOf(use.reference))) };
}

const namesOf = (plan: InstallPlan | undefined): readonly string[] =>
  (plan?.images ?? []).map(({ reference }) => textOf(reference));
