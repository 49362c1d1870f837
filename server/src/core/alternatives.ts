import type { Fragment, Given } from './fragment';
import type { InstallPlan } from './install';
import { sameSite } from './text';

interface Planned {
  readonly fragment: Fragment;
  readonly plan: InstallPlan;
}

/**
 * The installs with those of one command taken together that differ in nothing but values which do not matter, such as the
 * cluster's name in a loop over clusters. `without` gives a plan that speaks of these values only, of all those that it
 * was first made for: where every value of a variable leads to the same, none is spoken of.
 */
export function mergeAlternatives<T extends Planned>(
  plans: readonly T[],
  without: (planned: T, given: readonly Given[]) => T,
): readonly T[] {
  if (plans.every(({ fragment }) => givenOf(fragment).length === 0)) return plans;
  const groups: T[][] = [];
  for (const planned of plans) {
    const group = givenOf(planned.fragment).length === 0 ? undefined : groups.find(isSame(planned));
    if (group === undefined) groups.push([planned]);
    else group.push(planned);
  }
  return groups.flatMap(group => {
    const [first] = group;
    if (first === undefined) return [];
    const all = plans.filter(({ plan }) => sameSite(plan.anchor, first.plan.anchor));
    const its = distinctGiven(group);
    if (group.length === 1) return [first];
    const mattering = its.filter(
      ({ name }) => valuesOf(name, its).length < valuesOf(name, distinctGiven(all)).length,
    );
    return [without(first, mattering)];
  });
}

const givenOf = ({ given = [] }: Fragment): readonly Given[] => given;

const isSame =
  (planned: Planned) =>
  ([other]: readonly Planned[]): boolean =>
    other !== undefined &&
    givenOf(other.fragment).length > 0 &&
    sameSite(other.plan.anchor, planned.plan.anchor) &&
    outcomeOf(other.plan) === outcomeOf(planned.plan);

/** Everything that is shown of an install. */
const outcomeOf = ({ version, profile, images, gaps, files }: InstallPlan): string =>
  JSON.stringify([version, profile, images, gaps, files]);

const distinctGiven = (plans: readonly Planned[]): readonly Given[] => {
  const all = plans.flatMap(({ fragment }) => givenOf(fragment));
  return all.filter((one, index) => all.findIndex(other => isSameValue(one, other)) === index);
};

const isSameValue = (a: Given, b: Given): boolean => a.name === b.name && sameSite(a.site, b.site);

const valuesOf = (name: string, given: readonly Given[]): readonly Given[] =>
  given.filter(one => one.name === name);
