import type { ImageUse, Setting } from '../../core/install';
import { literal } from '../../core/text';
import type { Evidence } from './evidence';
import type { Invocation } from './istioctl';
import type { CompiledIn } from './merge';
import { joined, type Piece } from './piece';
import { versionInTag } from './version';
import { matchesIn } from './versionTexts';

/** The last version that had an operator in the cluster (istio commit c2b027c4e06 removed it for 1.24). */
export const lastWithOperator = 23;

const workload = 'Deployment/istio-operator';

/**
 * The image that `istioctl operator init` starts (istio 1.5 to 1.23 manifests/charts/istio-operator/templates/
 * deployment.yaml): `--hub` and `--tag` choose it, else what is compiled into istioctl.
 */
export function operatorImage(
  { hub, tag }: NonNullable<Invocation['operator']>,
  revision: Piece | undefined,
  compiledIn: CompiledIn,
): ImageUse {
  const image: Setting = {
    value: literal('operator'),
    origin: { kind: 'default', because: "Istio's charts" },
  };
  const parts = { hub: settingOf(hub) ?? compiledIn.hub, image, tag: settingOf(tag) ?? compiledIn.tag };
  return {
    workload: revision?.text.kind === 'literal' ? `${workload}-${revision.text.value}` : workload,
    container: 'istio-operator',
    when: 'install',
    reference: joined([parts.hub.value, literal('/'), image.value, literal(':'), parts.tag.value]),
    parts,
  };
}

/** Whether an image is that of the operator, whose hub and tag are flags of their own. */
export const isOperatorImage = (use: ImageUse): boolean => use.workload.startsWith(workload);

export const settingOf = (piece: Piece | undefined): Setting | undefined =>
  piece && { value: piece.text, origin: { kind: 'written', site: piece.site } };

/**
 * The version of the operator where `--tag` tells one: what the operator installs by default is compiled into it, not into
 * istioctl. `undefined` where that is unknown, as with the tag `latest`.
 */
export function operatorEvidence(tag: Piece): Evidence | undefined {
  const version = tag.text.kind === 'literal' ? versionInTag(tag.text.value) : undefined;
  if (version === undefined) return undefined;
  const [text] = matchesIn(tag, /\d+\.\d+(\.\d+)?(-(alpha|beta|rc)\.\d+)?/g);
  const site = text?.site ?? tag.site;
  return { version, origin: { kind: 'written', site }, told: [site], otherwise: [] };
}
