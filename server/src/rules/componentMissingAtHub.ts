import { noticesOf, pulls, usesByName } from '../core/install';
import { mayBeAbsent, type Rule } from '../core/rule';

/** A component whose image a hub has never had. Silent where a registry has the image. */
export const componentMissingAtHub: Rule = {
  code: 'component-missing-at-hub',
  title: 'The hub has no image for a component',
  severity: 'warning',
  check: (install, context) =>
    noticesOf(install, 'component-missing-at-hub').flatMap(({ site, hub, image, uses, repairs }) => {
      const absent = uses.filter(use => mayBeAbsent(context.judge(use)));
      if (absent.length === 0) return [];
      const named = usesByName(absent);
      return [
        {
          code: componentMissingAtHub.code,
          severity: componentMissingAtHub.severity,
          message: `The hub ${hub} has no image ${image}, which this install needs. Take that component from another hub, or leave it out.`,
          site,
          related: pulls(named, site, name => name),
          images: [...named.keys()],
          evidence: 'release facts',
          install: install.anchor,
          repairs,
        },
      ];
    }),
};
