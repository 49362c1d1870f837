import { imageNames, noticesOf } from '../core/install';
import { mayBeAbsent, type Rule } from '../core/rule';

/** A variant that was never built at this hub, or not yet in this version. Silent where a registry has the image. */
export const variantUnpublished: Rule = {
  code: 'variant-unpublished',
  title: 'The variant was never published there',
  severity: 'warning',
  check: (install, context) =>
    noticesOf(install, 'variant-unpublished').flatMap(({ site, variant, why, uses, repairs }) => {
      const absent = uses.filter(use => mayBeAbsent(context.judge(use)));
      if (absent.length === 0) return [];
      return [
        {
          code: variantUnpublished.code,
          severity: variantUnpublished.severity,
          message: `The variant ${variant} was never published there. ${why}`,
          site,
          related: [],
          images: imageNames(absent),
          evidence: 'release facts',
          install: install.anchor,
          repairs,
        },
      ];
    }),
};
