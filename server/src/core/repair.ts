import type { Finding, Fix, Repair } from './finding';
import { evidenceOf, type Fixing, verified } from './fix';
import type { InstallPlan } from './install';
import { type TextEdit, textOf } from './text';
import { capitalised } from './words';

/**
 * The repairs of one finding that hold: each was applied to the text and the install planned again. What was found is then
 * gone, and every image that the edit changed is there for every target platform.
 */
export function repairsOf(
  plan: InstallPlan,
  { code, repairs = [] }: Finding,
  fixing: Fixing,
): readonly Fix[] {
  const before = new Set(plan.images.map(({ reference }) => textOf(reference)));
  const fixes: Fix[] = [];
  for (const repair of repairs) {
    const edits = editsOf(repair, fixing);
    const after = edits === undefined ? undefined : fixing.replan(edits);
    if (edits === undefined || after === undefined || timesOf(after.plan, code) >= timesOf(plan, code))
      continue;
    const changed = after.plan.images.filter(({ reference }) => !before.has(textOf(reference)));
    const verdicts = verified([...changed, ...after.alsoChanged], fixing);
    if (!verdicts.every(verdict => verdict.kind === 'supported')) continue;
    const evidence = verdicts.length === 0 ? '' : ` (${evidenceOf(verdicts, fixing.targets)})`;
    fixes.push({ title: capitalised(repair.title) + evidence, edits, preferred: fixes.length === 0 });
  }
  return fixes;
}

const timesOf = ({ notices = [] }: InstallPlan, code: string): number =>
  notices.filter(notice => notice.code === code).length;

function editsOf({ edits, inserts }: Repair, { insert }: Fixing): readonly TextEdit[] | undefined {
  const insertions = inserts.map(insert);
  const placed = insertions.flatMap(insertion => insertion ?? []);
  return placed.length < insertions.length ? undefined : [...edits, ...placed];
}
