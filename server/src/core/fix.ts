import type { Fix, Insert } from './finding';
import type { ImageUse, InstallPlan, Setting } from './install';
import type { Remedy } from './mesh';
import type { Platform } from './platform';
import { type Site, sameSite, type TextEdit } from './text';
import type { Verdict } from './verdict';
import { capitalised, platformsListed } from './words';

/** What the fixes of one install are made with. */
export interface Fixing {
  readonly targets: readonly Platform[];
  readonly judge: (use: ImageUse) => Verdict;
  /**
   * The same for an image that a fix leads to: at a hub that is not the mesh's own, the images behind its index are read as
   * well. Asked only for what `judge` says is supported, so that no more is asked than needed.
   */
  readonly verify: (use: ImageUse) => Verdict;
  /** Ways out for the images at fault, best first. */
  readonly remedies: (atFault: readonly ImageUse[]) => readonly Remedy[];
  /** The edit that writes a value where the text has none; `undefined` where there is no safe place. */
  readonly insert: (value: Insert) => TextEdit | undefined;
  /** What the edits lead to, `undefined` if the install would be none any more. */
  readonly replan: (edits: readonly TextEdit[]) => Replanned | undefined;
}

/** An install after an edit, and the images of other installs that the same edit has changed. */
export interface Replanned {
  readonly plan: InstallPlan;
  readonly alsoChanged: readonly ImageUse[];
}

/**
 * The remedies that hold for the images that are wrong, if any are: each was applied to the text, the install was planned
 * again, and every image of the new plan (and every other that the edit changed) is there for every target platform. A
 * remedy that needs an answer that is still pending is left out for now; of the remedies that move the tag only the
 * nearest is looked for, so that no more is asked than needed.
 */
export function fixesOf(plan: InstallPlan, fixing: Fixing): readonly Fix[] {
  const atFault = plan.images.filter(use => isWrong(fixing.judge(use)));
  if (atFault.length === 0) return [];
  const fixes: Fix[] = [];
  let tagSettled = false;
  for (const remedy of fixing.remedies(atFault)) {
    const movesTag = remedy.changes.some(change => change.part === 'tag');
    if (movesTag && tagSettled) continue;
    const edits = editsOf(atFault, remedy, fixing);
    const after = edits === undefined ? undefined : fixing.replan(edits);
    if (edits === undefined || after === undefined || after.plan.images.length === 0) continue;
    const verdicts = verified([...after.plan.images, ...after.alsoChanged], fixing);
    const holds = verdicts.every(isSupported);
    if (movesTag && (holds || verdicts.some(verdict => verdict.kind === 'pending'))) tagSettled = true;
    if (holds)
      fixes.push({
        title: `${capitalised(remedy.title)} (${evidenceOf(verdicts, fixing.targets)})`,
        edits,
        preferred: fixes.length === 0,
      });
  }
  return fixes;
}

/** The verdicts for the images that a fix leads to. */
export function verified(uses: readonly ImageUse[], { judge, verify }: Fixing): readonly Verdict[] {
  const verdicts = uses.map(judge);
  return verdicts.every(isSupported) ? uses.map(verify) : verdicts;
}

const isSupported = ({ kind }: Verdict): boolean => kind === 'supported';

/** Whether one of the remedies holds, or may hold for all that is known: nothing speaks against what it leads to. */
export function mayBeFixed(plan: InstallPlan, fixing: Fixing): boolean {
  const atFault = plan.images.filter(use => isWrong(fixing.judge(use)));
  return fixing.remedies(atFault).some(remedy => {
    const edits = editsOf(atFault, remedy, fixing);
    const after = edits === undefined ? undefined : fixing.replan(edits);
    if (after === undefined || after.plan.images.length === 0) return false;
    return ![...after.plan.images, ...after.alsoChanged].some(use => isWrong(fixing.judge(use)));
  });
}

/** Whether a verdict speaks against the image; one that leaves the question open does not. */
function isWrong({ kind }: Verdict): boolean {
  switch (kind) {
    case 'unsupported':
    case 'missing':
    case 'invalid':
      return true;
    case 'supported':
    case 'unknown':
    case 'pending':
    case 'unresolved':
      return false;
  }
}

/** The edits that carry a remedy out; `undefined` if there is nothing to change or no place to change it. */
function editsOf(
  atFault: readonly ImageUse[],
  remedy: Remedy,
  fixing: Fixing,
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const change of remedy.changes) {
    const settings = atFault.flatMap(use => use.parts[change.part] ?? []);
    const defaults = settings.filter(({ origin }) => origin.kind === 'default');
    const told = change.part === 'tag' ? defaults.flatMap(toldBy) : [];
    const written = settings.flatMap(({ origin }) => (origin.kind === 'written' ? [origin.site] : []));
    // One text may be a written tag and tell the version that another tag comes with.
    for (const { uri, span } of distinctSites([...written, ...told]))
      edits.push({ uri, span, newText: change.value });
    if (told.length === 0 && defaults.length > 0) {
      const insertion = fixing.insert(change);
      if (insertion === undefined) return undefined;
      edits.push(insertion);
    }
  }
  return edits.length === 0 ? undefined : edits;
}

const toldBy = ({ origin }: Setting): readonly Site[] =>
  origin.kind === 'default' ? (origin.told ?? []) : [];

const distinctSites = (sites: readonly Site[]): readonly Site[] =>
  sites.filter((site, index) => sites.findIndex(other => sameSite(site, other)) === index);

/** Who says that the images of these verdicts are there, as a clause for the end of a title. */
export function evidenceOf(verdicts: readonly Verdict[], targets: readonly Platform[]): string {
  const byFacts = verdicts.some(
    verdict => verdict.kind === 'supported' && verdict.source.kind === 'release facts',
  );
  const wereRead = verdicts.every(
    verdict => 'source' in verdict && verdict.source.kind === 'registry' && verdict.source.checked,
  );
  const byRegistry = wereRead ? 'and was read at the registry' : 'the registry says';
  const images = verdicts.length === 1 ? 'the image has' : 'every image has';
  const who = byFacts ? "by Istio's release facts" : byRegistry;
  return `${images} ${platformsListed(targets)}, ${who}`;
}
