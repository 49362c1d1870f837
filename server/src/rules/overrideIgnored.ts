import { noticesOf } from '../core/install';
import type { Rule } from '../core/rule';

/** A written value that another one beats, or that nothing reads: greyed, with a link to the one that counts. */
export const overrideIgnored: Rule = {
  code: 'override-ignored',
  title: 'The value has no effect',
  severity: 'hint',
  check: install =>
    noticesOf(install, 'override-ignored').map(({ site, name, value, why, related, repairs }) => ({
      code: overrideIgnored.code,
      severity: overrideIgnored.severity,
      message: `${name} has no effect: ${value} is not used. ${why}`,
      site,
      related,
      images: [],
      evidence: 'text',
      install: install.anchor,
      tags: ['unnecessary'],
      repairs,
    })),
};
