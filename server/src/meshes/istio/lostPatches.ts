import type { Gap } from '../../core/install';
import type { IgnoredOverride } from '../../core/notice';
import { textOf } from '../../core/text';
import { entryOf, type Node } from '../../core/tree';
import { capitalised, distinct } from '../../core/words';
import type { Container } from './container';
import { itemsAt } from './itemsAt';
import { displacedPatches, isFor, overlaysOf } from './patches';
import type { LostPatch } from './pods';
import { firstAt, literalAt, settingAt, valuePaths } from './settings';
import { istioctlOf } from './version';

/** The last version that refuses an overlay or a patch which leads nowhere; later ones pass over it without a word. */
const lastToRefuse = 23;
/** Before this version the charts have containers that are not known here. */
const firstKnown = 6;

/** What becomes of patches that change nothing: an error, or images other than those that are written. */
export interface Lost {
  readonly gaps: readonly Gap[];
  readonly notices: readonly IgnoredOverride[];
}

/**
 * What there is to say of patches in `k8s.overlays` that have no effect on a container: they select one that is not there,
 * they are for a workload that is not there, or a later overlay takes their place (istio operator/pkg/patch/patch.go
 * YAMLManifestPatch; 1.24 operator/pkg/render/postprocess.go, whose applyPatches drops its errors).
 */
export function lostPatches(
  { containers, lost }: { readonly containers: readonly Container[]; readonly lost: readonly LostPatch[] },
  spec: Node,
  minor: number,
): Lost {
  const mains = containers.filter(({ beside }) => beside !== true);
  const isPatched = lost.length > 0 || mains.some(container => overlaysOf(container).length > 0);
  if (minor < firstKnown || !isPatched) return { gaps: [], notices: [] };
  const strays = mains.flatMap(container =>
    isNameOpen(container, spec) ? [] : strayOverlays(container, containers),
  );
  const selecting = lost.map(({ patch, workload, container, among }) => ({
    patch,
    why: `there is no container ${container} in ${workload}, only ${among.join(' and ')}`,
  }));
  if (minor <= lastToRefuse)
    return {
      gaps: [
        ...selecting.flatMap(({ patch, why }) => refused(patch, 'path', 'patch', why)),
        ...strays.flatMap(({ overlay, why }) => refused(overlay, 'name', 'overlay', why)),
      ],
      notices: mains.flatMap(container =>
        displacedPatches(container, minor).flatMap(patch =>
          ignored(
            patch,
            `To 1.${lastToRefuse} only the last of several overlays of ${container.workload} is applied.`,
          ),
        ),
      ),
    };
  const inStrays = strays.flatMap(({ overlay, why }) =>
    itemsAt(overlay, ['patches']).map(patch => ({ patch, why })),
  );
  return {
    gaps: [],
    notices: [...selecting, ...inStrays].flatMap(({ patch, why }) =>
      ignored(
        patch,
        `${capitalised(why)}, and ${istioctlOf(minor)} passes over such a patch without a word.`,
      ),
    ),
  };
}

/** The overlays of a component for workloads of the same kind that it does not have. */
function strayOverlays(
  container: Container,
  containers: readonly Container[],
): readonly { readonly overlay: Node; readonly why: string }[] {
  const [kind = ''] = container.workload.split('/');
  // Overlays of a list are for the workload of their own item.
  const own = containers.filter(({ component }) => component === container.component);
  return overlaysOf(container).flatMap(overlay => {
    const name = literalAt(overlay, ['name']);
    if (name === undefined || literalAt(overlay, ['kind']) !== kind) return [];
    if (own.some(other => isFor(overlay, other))) return [];
    const only = own.map(({ workload }) => workload.slice(workload.indexOf('/') + 1));
    return [{ overlay, why: `this component has no ${kind} ${name}, only ${distinct(only).join(' and ')}` }];
  });
}

/** Whether the name of a workload is only known once something is filled in. */
function isNameOpen({ image, component }: Container, spec: Node): boolean {
  const name =
    image === 'pilot'
      ? firstAt(spec, [...valuePaths('revision'), ['revision']])
      : settingAt(component, ['name']);
  return name?.value.kind === 'dynamic';
}

function refused(node: Node, key: string, what: string, why: string): readonly Gap[] {
  const site = entryOf(node, key)?.value.site;
  return site === undefined ? [] : [{ what: 'values', why: `istioctl refuses this ${what}: ${why}`, site }];
}

/** An image that a patch writes, and that is not used. */
function ignored(patch: Node, why: string): readonly IgnoredOverride[] {
  const value = entryOf(patch, 'value')?.value;
  const isImage = /\.image$/.test(literalAt(patch, ['path']) ?? '');
  const image = isImage ? value : entryOf(value, 'image')?.value;
  if (image?.kind !== 'scalar') return [];
  const written = textOf(image.text);
  return [
    {
      code: 'override-ignored',
      site: image.site,
      name: 'The patch',
      value: written,
      why,
      related: [],
      repairs: [],
    },
  ];
}
