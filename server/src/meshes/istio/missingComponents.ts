import type { ImageUse } from '../../core/install';
import { blame } from '../../core/install';
import type { MissingComponent } from '../../core/notice';
import { literalValue, type Site } from '../../core/text';
import { communityHubs, fullHub } from './hubs';
import { taggedImages } from './taggedImage';

/** Where a component's hub can be written on its own: its key under `components`, by the name of its image. */
const componentKeys: ReadonlyMap<string, string> = new Map([
  ['install-cni', 'cni'],
  ['ztunnel', 'ztunnel'],
  ['mixer', 'telemetry'],
]);

/** The images that the people of a community hub never built, such as `install-cni` at docker.io/querycapistio. */
export function missingComponents(images: readonly ImageUse[], anchor: Site): readonly MissingComponent[] {
  return images.flatMap((use): readonly MissingComponent[] => {
    const written = literalValue(use.parts.hub?.value);
    const hub = written === undefined ? undefined : fullHub(written);
    const row = communityHubs.find(known => known.hub === hub);
    // Most installs are from another hub: no more is looked at then.
    const [image] = row === undefined ? [] : taggedImages([use]);
    if (image === undefined || row === undefined || row.images.includes(image.name)) return [];
    const key = componentKeys.get(image.name);
    const ownHub = use.parts.hub?.origin;
    const path = ['spec', 'components', key ?? '', 'hub'];
    const value = 'docker.io/istio';
    const words = ['--set', `components.${key}.hub=${value}`];
    return [
      {
        code: 'component-missing-at-hub',
        site: blame(use, anchor, 'hub'),
        hub: literalValue(use.parts.hub?.value) ?? row.hub,
        image: image.name,
        uses: [use],
        repairs:
          key === undefined || ownHub === undefined
            ? []
            : [{ title: `take ${image.name} from ${value}`, edits: [], inserts: [{ path, words, value }] }],
      },
    ];
  });
}
