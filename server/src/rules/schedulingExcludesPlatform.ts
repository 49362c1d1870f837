import { noticesOf } from '../core/install';
import type { Rule } from '../core/rule';
import { distinct, listed, platformsListed } from '../core/words';

/** Pods that the installer itself keeps off the nodes of a target platform, although their images have it. */
export const schedulingExcludesPlatform: Rule = {
  code: 'scheduling-excludes-platform',
  title: 'The pods are kept off nodes of a target platform',
  severity: 'warning',
  check: (install, { targets, judge }) =>
    noticesOf(install, 'scheduling-excludes-platform').flatMap(notice => {
      const { site, uses, allowed, repaired, why, repairs } = notice;
      const excluded = targets.filter(
        ({ os, architecture }) => os === 'linux' && !allowed.includes(architecture),
      );
      // Where an image lacks the platform, that comes first.
      if (excluded.length === 0 || !uses.every(use => judge(use).kind === 'supported')) return [];
      const workloads = distinct(uses.map(({ workload }) => workload));
      const helps = excluded.every(({ architecture }) => architecture === repaired);
      return [
        {
          code: schedulingExcludesPlatform.code,
          severity: schedulingExcludesPlatform.severity,
          message: `The pods of ${listed(workloads)} will stay pending where all nodes are ${platformsListed(excluded)}: they may run on ${listed(allowed)} only. ${why}`,
          site,
          related: [],
          images: [],
          evidence: 'release facts',
          install: install.anchor,
          repairs: helps ? repairs : [],
        },
      ];
    }),
};
