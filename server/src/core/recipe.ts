import type { Recipe } from './finding';
import type { ImageUse, InstallPlan } from './install';
import type { Platform } from './platform';
import type { Verdict } from './verdict';

/** A recipe that may help, before anything about it is verified. */
export interface RecipeIdea extends Recipe {
  /** The images that it starts from: they have to be there for every target platform. */
  readonly needs: readonly ImageUse[];
  /** Offered only where no change of the text helps, and no other recipe. */
  readonly lastResort: boolean;
}

/** What the recipes of one install are made with. */
export interface Cooking {
  readonly judge: (use: ImageUse) => Verdict;
  readonly ideas: (atFault: readonly ImageUse[], available: readonly Platform[]) => readonly RecipeIdea[];
  /** Whether a change of the text helps, or may help for all that is known. Asked only for a last resort. */
  readonly isFixable: () => boolean;
}

/** The recipes that help with images which lack a target platform: what they start from was verified. */
export function recipesOf(plan: InstallPlan, { judge, ideas, isFixable }: Cooking): readonly Recipe[] {
  const lacking = plan.images.flatMap(use => {
    const verdict = judge(use);
    return verdict.kind === 'unsupported' ? [{ use, verdict }] : [];
  });
  const [first] = lacking;
  if (first === undefined) return [];
  const uses = lacking.map(({ use }) => use);
  const good = ideas(uses, first.verdict.available).filter(({ needs }) =>
    needs.every(use => judge(use).kind === 'supported'),
  );
  const better = good.filter(({ lastResort }) => !lastResort);
  const chosen = better.length > 0 ? better : isFixable() ? [] : good;
  return chosen.map(({ title, command }) => ({ title, command }));
}
