import { imageNames, noticesOf } from '../core/install';
import type { Rule } from '../core/rule';

/** A tag that says its variant, to which the variant is added once more. */
export const variantDoubled: Rule = {
  code: 'variant-doubled',
  title: 'The tag ends with two variants',
  severity: 'warning',
  check: install =>
    noticesOf(install, 'variant-doubled').map(({ site, tag, variant, uses, repairs }) => ({
      code: variantDoubled.code,
      severity: variantDoubled.severity,
      message: `The tag becomes ${tag}-${variant}: the variant ${variant} is added to ${tag}, which names one already. Write the tag without it.`,
      site,
      related: [],
      images: imageNames(uses),
      evidence: 'text',
      install: install.anchor,
      repairs,
    })),
};
