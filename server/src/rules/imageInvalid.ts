import { causes } from '../core/cause';
import { pulls, usesByName } from '../core/install';
import type { Rule } from '../core/rule';
import { listed } from '../core/words';

/** A name that no container runtime accepts, or one that leads to something that is not a container image. */
export const imageInvalid: Rule = {
  code: 'image-invalid',
  title: 'Not an image that a node can run',
  severity: 'error',
  check: (install, { judge }) =>
    causes(install, judge, 'invalid', ({ why, by }) => `${by} ${why}`).map(({ site, uses, verdict }) => {
      const named = usesByName(uses);
      const images = [...named.keys()];
      const many = images.length > 1;
      const problem =
        verdict.by === 'text'
          ? `${many ? 'are not valid image names' : 'is not a valid image name'}`
          : `${many ? 'are not images' : 'is not an image'} that a node can run`;
      return {
        code: imageInvalid.code,
        severity: imageInvalid.severity,
        message: `${listed(images)} ${problem}: ${verdict.why}. The pods will not start.`,
        site,
        related: pulls(named, site, image => image),
        images,
        evidence: verdict.by,
        install: install.anchor,
      };
    }),
};
