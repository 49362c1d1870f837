import type { PlannedInstall, ReadFile } from './document';
import type { InstallPlan } from './install';
import { type Planning, planFragment } from './plan';
import { applyEdits, type TextEdit } from './text';

/**
 * The plan that an install would have after the edits, `undefined` if it would be no install any more. Edits of the file
 * `uri` count from the start of the install's chunk; edits of other files from the file's start.
 */
export function replan(
  { chunk, position, source }: PlannedInstall,
  uri: string,
  edits: readonly TextEdit[],
  planning: Planning,
): InstallPlan | undefined {
  const editsOf = (file: string) => edits.filter(edit => edit.uri === file);
  const readFile: ReadFile = (reference, directory) => {
    const file = planning.readFile(reference, directory);
    return file.text === undefined ? file : { ...file, text: applyEdits(file.text, editsOf(file.uri)) };
  };
  const after = source.read(applyEdits(chunk.text, editsOf(uri)), uri)[position];
  return after === undefined ? undefined : planFragment(after, { ...planning, readFile })?.plan;
}
