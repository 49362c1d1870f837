import { imageNames, noticesOf } from '../core/install';
import type { Rule } from '../core/rule';

/** A hub that is about to be switched off, written or as a default of the installer's version. */
export const hubRetired: Rule = {
  code: 'hub-retired',
  title: 'The hub is going away',
  severity: 'warning',
  check: install =>
    noticesOf(install, 'hub-retired').map(({ site, hub, because, fate, instead, uses, repairs }) => ({
      code: hubRetired.code,
      severity: hubRetired.severity,
      message: `The hub ${hub}${because === undefined ? '' : ` (${because})`} ${fate}. After that no node can pull the images; use ${instead}.`,
      site,
      related: [],
      images: imageNames(uses),
      evidence: 'release facts',
      install: install.anchor,
      repairs,
    })),
};
