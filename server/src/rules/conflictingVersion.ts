import type { Rule } from '../core/rule';
import { distinct, listed } from '../core/words';

/** The text tells more than one version of the installer: says which one is taken, and where the others stand. */
export const conflictingVersion: Rule = {
  code: 'conflicting-version',
  title: 'The text tells more than one version',
  severity: 'information',
  check({ version, anchor }) {
    if (version === undefined || version.otherwise.length === 0) return [];
    const { origin, otherwise } = version;
    const others = distinct(otherwise.map(other => other.version));
    return [
      {
        code: conflictingVersion.code,
        severity: conflictingVersion.severity,
        message:
          `Which version is installed is not clear: ${version.version} is taken, as written here, ` +
          `but elsewhere it is ${listed(others)}. Write the same version in every place.`,
        site: origin.kind === 'written' ? origin.site : anchor,
        related: otherwise.map(other => ({ site: other.site, message: `Here it is ${other.version}.` })),
        images: [],
        evidence: 'text',
        install: anchor,
      },
    ];
  },
};
