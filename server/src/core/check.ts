import type { Finding, Related, Severity } from './finding';
import type { InstallPlan } from './install';
import type { Rule, RuleContext } from './rule';
import type { Site } from './text';

const order: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** Runs every rule over one install. Findings come in the order of their places, the gravest first at the same place. */
export function check(
  install: InstallPlan,
  rules: readonly Rule[],
  context: RuleContext,
): readonly Finding[] {
  const { notes } = install;
  return rules
    .flatMap(rule => rule.check(install, context))
    .map(finding => {
      const more = [...wayTo(finding.site), ...notes];
      return more.length === 0 ? finding : { ...finding, related: [...finding.related, ...more] };
    })
    .sort(
      (a, b) =>
        a.site.span.start - b.site.span.start || order.indexOf(a.severity) - order.indexOf(b.severity),
    );
}

/** How a value gets into the install, from where it is written on. */
const wayTo = ({ via = [] }: Site): readonly Related[] =>
  via.toReversed().map(site => ({ site, message: 'The value is used here.' }));
