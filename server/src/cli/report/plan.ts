import type { InstallPlan, Setting } from '../../core/install';
import { literalValue, type Site, textOf } from '../../core/text';
import { printable } from '../../core/words';
import { coloursFor } from './colours';
import type { Locate } from './model';

/** `plan --format json`, version 1: a contract that other programs rely on. */
export function planJson(plans: readonly InstallPlan[], locate: Locate): string {
  const settingJson = (setting: Setting | undefined) =>
    setting && {
      value: literalValue(setting.value) ?? null,
      ...(setting.origin.kind === 'written'
        ? placeJson(setting.origin.site)
        : { default: setting.origin.because }),
    };
  const placeJson = (site: Site) => {
    const { file, start } = locate(site);
    return { file, line: start.line };
  };
  const installs = plans.map(plan => ({
    mesh: plan.mesh,
    uri: plan.anchor.uri,
    ...placeJson(plan.anchor),
    istioVersion: plan.version?.version ?? null,
    images: plan.images.map(({ reference, workload, container, when, parts }) => ({
      image: literalValue(reference) ?? null,
      workload,
      container,
      when,
      hub: settingJson(parts.hub),
      name: settingJson(parts.image),
      tag: settingJson(parts.tag),
      variant: settingJson(parts.variant),
    })),
    gaps: plan.gaps.map(({ what, why, site }) => ({ what, why, ...placeJson(site) })),
  }));
  return `${JSON.stringify({ version: 1, installs }, null, 2)}\n`;
}

/** `plan` for people: one block for each install, one line for each image. */
export function planText(plans: readonly InstallPlan[], locate: Locate, colours: boolean): string {
  const paint = coloursFor(colours);
  const blocks = plans.map(plan => {
    const { file, start } = locate(plan.anchor);
    const version = plan.version === undefined ? 'version unknown' : `Istio ${plan.version.version}`;
    const rows = plan.images.map(({ reference, workload, container, when }) => {
      const image = printable(textOf(reference));
      return `  ${image}  ${paint.dim(`${printable(`${workload}, ${container}`)}${when === 'injection' ? ', in every pod that joins the mesh' : ''}`)}`;
    });
    const none = rows.length === 0 && plan.gaps.length === 0 ? ['  no images'] : [];
    const gaps = plan.gaps.map(
      ({ why, site }) =>
        `  ${paint.warning('not known:')} line ${locate(site).start.line}: ${printable(why)}`,
    );
    return [
      `${paint.bold(`${printable(file)}:${start.line}`)}  ${plan.mesh}, ${version}`,
      ...rows,
      ...none,
      ...gaps,
    ].join('\n');
  });
  return `${blocks.length === 0 ? 'No install found.' : blocks.join('\n\n')}\n`;
}
