import { causes } from '../core/cause';
import { notesOf, pulls, usesByName } from '../core/install';
import type { Rule } from '../core/rule';
import { listed } from '../core/words';

/** An image that the registry says it does not have. Never said of a lookup that failed, or of a private repository. */
export const imageNotFound: Rule = {
  code: 'image-not-found',
  title: 'The image does not exist',
  severity: 'error',
  check: (install, { judge }) =>
    causes(install, judge, 'missing', () => '').map(({ site, uses, verdict: { why } }) => {
      const named = usesByName(uses);
      const images = [...named.keys()];
      const verb = images.length === 1 ? 'does' : 'do';
      return {
        code: imageNotFound.code,
        severity: imageNotFound.severity,
        message: [
          `${listed(images)} ${verb} not exist: ${why}. The pods will stay in "ImagePullBackOff".`,
          ...notesOf(uses),
        ].join(' '),
        site,
        related: pulls(named, site, image => `${image} does not exist`),
        images,
        evidence: 'registry',
        install: install.anchor,
      };
    }),
};
