import { causes } from '../core/cause';
import type { Finding } from '../core/finding';
import type { InstallPlan } from '../core/install';
import { pulls, usesByName } from '../core/install';
import type { Rule } from '../core/rule';
import { listed } from '../core/words';

/** What could not be decided, and why: a hint, because it says nothing against the image. */
export const couldNotCheck: Rule = {
  code: 'could-not-check',
  title: 'The image could not be checked',
  severity: 'hint',
  check(install, { judge }) {
    const found = causes(install, judge, 'unknown', ({ because }) => because);
    const unanswered = found.map(({ site, uses, verdict: { because, stranger } }) => {
      const named = usesByName(uses);
      const images = [...named.keys()];
      return {
        ...base(install),
        message: `Could not check ${listed(images)}: ${because}.`,
        site,
        related: pulls(named, site, image => image),
        images,
        ...(stranger !== undefined && { stranger }),
      };
    });
    return [...unanswered, ...gaps(install)];
  },
};

const base = (
  install: InstallPlan,
): Pick<Finding, 'code' | 'severity' | 'evidence' | 'install' | 'repairs'> => ({
  code: couldNotCheck.code,
  severity: couldNotCheck.severity,
  evidence: 'text',
  install: install.anchor,
  // What repairs other images of the install is no answer to this question.
  repairs: [],
});

/** What the plan lacks. The images that it leaves open are those whose name is not complete. */
const gaps = (install: InstallPlan): readonly Finding[] =>
  install.gaps.map(({ why, site }) => ({
    ...base(install),
    message: `Could not check every image: ${why}.`,
    site,
    related: [],
    images: [],
  }));
