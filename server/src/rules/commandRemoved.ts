import { noticesOf } from '../core/install';
import type { Rule } from '../core/rule';

/** A command that this version of the installer does not know any more. */
export const commandRemoved: Rule = {
  code: 'command-removed',
  title: 'This version has no such command',
  severity: 'error',
  check: install =>
    noticesOf(install, 'command-removed').map(({ site, what, version, last, advice, repairs }) => ({
      code: commandRemoved.code,
      severity: commandRemoved.severity,
      message: `Version ${version} has no ${what}: ${last} was the last version with it. ${advice}`,
      site,
      related: [],
      images: [],
      evidence: 'release facts',
      install: install.anchor,
      repairs,
    })),
};
