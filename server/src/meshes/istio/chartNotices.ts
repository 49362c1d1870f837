import type { Insert, Repair } from '../../core/finding';
import type { InstallPlan } from '../../core/install';
import type { Notice } from '../../core/notice';
import { imageNotices } from './notices';

/** A plan that istioctl has no part in, with what there is to notice about its images; repairs write values of charts. */
export function withChartNotices(plan: InstallPlan): InstallPlan {
  const notices = imageNotices(plan.images, [], plan.anchor);
  if (notices.length === 0) return plan;
  return { ...plan, notices: notices.map(notice => rewritten(notice, plan.writing)) };
}

const rewritten = (notice: Notice, writing: InstallPlan['writing']): Notice => ({
  ...notice,
  repairs: notice.repairs.flatMap(({ inserts, ...repair }): readonly Repair[] => {
    const own = inserts.flatMap(insert => insertFor(insert, writing) ?? []);
    return own.length < inserts.length ? [] : [{ ...repair, inserts: own }];
  }),
});

/** The same value where charts have it; `undefined` for settings of an IstioOperator that charts do not have. */
function insertFor({ path, value }: Insert, writing: InstallPlan['writing']): Insert | undefined {
  const [first, part] = path;
  if (writing === undefined || first !== 'spec' || path.length !== 2 || (part !== 'hub' && part !== 'tag'))
    return undefined;
  const { path: own, flag } = writing[part];
  return { path: own, words: ['--set', `${flag}=${value}`], value };
}
