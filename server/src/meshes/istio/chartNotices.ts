import type { Insert, Repair } from '../../core/finding';
import type { InstallPlan } from '../../core/install';
import type { Notice } from '../../core/notice';
import { excludedPlatforms } from './excludedPlatforms';
import { imageNotices } from './notices';
import { parseVersion } from './version';

/** A plan that istioctl has no part in, with what there is to notice about its images; repairs write values of charts. */
export function withChartNotices(plan: InstallPlan): InstallPlan {
  const version = plan.version && parseVersion(plan.version.version);
  const notices = [
    ...imageNotices(plan.images, [], plan.anchor),
    ...(version === undefined ? [] : excludedPlatforms(plan.images, version, plan.anchor)),
  ];
  if (notices.length === 0) return plan;
  return { ...plan, notices: notices.map(notice => rewritten(notice, plan.writing)) };
}

const rewritten = (notice: Notice, writing: InstallPlan['writing']): Notice => ({
  ...notice,
  ...('why' in notice && { why: inCharts(notice.why) }),
  repairs: notice.repairs.flatMap(({ title, inserts, ...repair }): readonly Repair[] => {
    const own = inserts.flatMap(insert => insertFor(insert, writing) ?? []);
    return own.length < inserts.length ? [] : [{ ...repair, title: inCharts(title), inserts: own }];
  }),
});

/** A text that names values as an IstioOperator has them, for those who write the values of a chart. */
const inCharts = (text: string): string => text.replaceAll(/\b(?:unvalidatedV|v)alues\.(?=global\.)/g, '');

/** The same value where charts have it; `undefined` for settings of an IstioOperator that charts do not have. */
function insertFor({ path, value }: Insert, writing: InstallPlan['writing']): Insert | undefined {
  const [first, part, ...rest] = path;
  if (writing === undefined || first !== 'spec') return undefined;
  if (part === 'hub' || part === 'tag') {
    const { path: own, flag } = writing[part];
    return rest.length > 0 ? undefined : { path: own, words: ['--set', `${flag}=${value}`], value };
  }
  if ((part !== 'values' && part !== 'unvalidatedValues') || writing.hub.path.length === 0) return undefined;
  // Charts have no API that would refuse a value.
  const values = writing.hub.path.slice(0, -writing.hub.flag.split('.').length);
  return { path: [...values, ...rest], words: ['--set', `${rest.join('.')}=${value}`], value };
}
