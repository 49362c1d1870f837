import type { Manifest } from '../../core/fragment';
import type { Gap, ImageUse, InstallPlan, Setting } from '../../core/install';
import type { MeshSettings } from '../../core/mesh';
import { overlay } from '../../core/overlay';
import { dynamic, literal, type Text } from '../../core/text';
import { type Entry, entryOf, type Node, nodeAt } from '../../core/tree';
import { builtinEntry, builtinScalar, builtinTree } from './builtin';
import { chartDefaults, templateGaps } from './chartPlan';
import { withChartLimits } from './chartScheduling';
import { componentSpec } from './chartSpec';
import { readChartVersion } from './chartVersion';
import { type Evidence, meshVersionOf } from './evidence';
import { imageGaps } from './gaps';
import { imagesOf } from './images';
import { joined } from './piece';
import { rulesOf } from './rules';
import { sailHub } from './sailHubs';
import { pieceAt } from './scalarPiece';
import { settingAt } from './settings';
import { newestMinor, parseVersion } from './version';

/** What each kind of the Sail Operator installs (sail-operator api/v1). */
const components: ReadonlyMap<string, string> = new Map([
  ['Istio', 'pilot'],
  ['IstioRevision', 'pilot'],
  ['IstioCNI', 'cni'],
  ['ZTunnel', 'ztunnel'],
]);

/** The part of Istio that a resource of the Sail Operator installs, `undefined` for every other manifest. */
export const sailComponent = ({ apiVersion, kindName }: Manifest): string | undefined =>
  apiVersion.startsWith('sailoperator.io/') ? components.get(kindName) : undefined;

/**
 * The plan of a resource of the Sail Operator. The operator names whole images for the version, unless the user has set a
 * hub or a tag (sail-operator pkg/istiovalues/digests.go).
 */
export function planSail({ root, anchor }: Manifest, component: string, settings: MeshSettings): InstallPlan {
  const spec = nodeAt(root, ['spec']);
  const values = nodeAt(spec, ['values']);
  const version = pieceAt(spec, ['version']);
  const read = version && readChartVersion(version);
  const told = completed(read?.evidence, settings);
  const minor = told?.version.minor ?? newestMinor;
  const rules = rulesOf(minor);
  const own = overlay(pinsFor(component, values, told), withProfile(values, spec), {
    lists: 'replace',
    nulls: 'remove',
  });
  const resolved = {
    spec: componentSpec(component, own, rules, minor),
    compiledIn: chartDefaults(`the Sail Operator's charts of Istio`, told),
    rules,
    minor,
  };
  const { images: pulled, containers } = imagesOf(resolved);
  const images = withChartLimits(pulled, resolved.spec, containers, {
    minor,
    patch: told?.version.patch ?? 0,
  }).map(use => takenApart(use, told));
  const giver = {
    name: 'the Sail Operator',
    missing: read?.open ?? 'without a version it is the newest one that the operator knows',
    advice: 'write a whole version such as v1.28.3 in spec.version',
  };
  return {
    mesh: 'istio',
    ...(told !== undefined && { version: meshVersionOf(told) }),
    anchor,
    images,
    gaps: [
      ...templateGaps(values),
      ...hubGaps(images, told, anchor),
      ...imageGaps(images.filter(hasKnownHub(told)), {
        anchor: version?.site ?? anchor,
        form: 'manifest',
        told: told?.version,
        newest: undefined,
        giver,
      }),
    ],
    notes: [],
    writing: {
      hub: { path: ['spec', 'values', 'global', 'hub'], flag: 'global.hub' },
      tag: { path: ['spec', 'values', 'global', 'tag'], flag: 'global.tag' },
    },
    files: [],
    reads: [],
  };
}

/** The user's setting tells the patch release of a version that leaves it open. */
function completed(evidence: Evidence | undefined, { istioVersion }: MeshSettings): Evidence | undefined {
  if (evidence?.version.release === true) return evidence;
  const version = istioVersion === undefined ? undefined : parseVersion(istioVersion);
  if (version === undefined || (evidence !== undefined && version.minor !== evidence.version.minor))
    return evidence;
  return { version, origin: { kind: 'default', because: 'setting' }, told: [], otherwise: [] };
}

/** `spec.profile` is one of the charts' own profiles. */
function withProfile(values: Node | undefined, spec: Node | undefined): Node {
  const base = values?.kind === 'map' ? values : ({ kind: 'map', entries: [], site: nowhere } as const);
  const profile = entryOf(spec, 'profile');
  if (profile === undefined || entryOf(base, 'profile') !== undefined) return base;
  return { ...base, entries: [...base.entries, profile] };
}

const pinned = 'named by the Sail Operator';
const nowhere = builtinTree({}, pinned).site;

/** The values that the operator adds: a whole image for each part of which the user names none. */
function pinsFor(component: string, values: Node | undefined, told: Evidence | undefined): Node {
  const isSet = (...path: readonly string[]): boolean => settingAt(values, path) !== undefined;
  if (isSet('global', 'hub') || isSet('global', 'tag')) return builtinTree({}, pinned);
  const [hub, tag] = [pinnedHub(told), pinnedTag(told)];
  const image = (name: string): Entry =>
    builtinEntry('image', builtinScalar(joined([hub, literal(`/${name}:`), tag]), pinned), pinned);
  const below = (key: string, entries: readonly Entry[]): Entry =>
    builtinEntry(key, { kind: 'map', entries, site: nowhere }, pinned);
  const isOwn = ['image', 'hub', 'tag'].some(key => isSet(component, key));
  const entries = isOwn ? [] : [below(component, [image(imageNames.get(component) ?? component)])];
  const injected = [below('proxy', [image('proxyv2')]), below('proxy_init', [image('proxyv2')])];
  return {
    kind: 'map',
    entries: [...entries, ...(component === 'pilot' ? [below('global', injected)] : [])],
    site: nowhere,
  };
}

const imageNames: ReadonlyMap<string, string> = new Map([['cni', 'install-cni']]);

function pinnedHub(told: Evidence | undefined): Text {
  const hub = told && sailHub(told.version);
  return hub === undefined ? dynamic('<hub>', noHub(told)) : literal(hub);
}

const noHub = (told: Evidence | undefined): string =>
  told === undefined
    ? 'the version is not known'
    : `it is not known from where the Sail Operator takes the images of ${told.version.text}`;

const pinnedTag = (told: Evidence | undefined): Text =>
  told?.version.release === true
    ? literal(told.version.text)
    : dynamic('<tag>', 'the version that the Sail Operator installs is not known');

/** A whole image of the operator's, in the parts that a user can set. */
function takenApart(use: ImageUse, told: Evidence | undefined): ImageUse {
  const { origin } = use.parts.image;
  if (origin.kind !== 'default' || origin.because !== pinned) return use;
  const because = `${pinned}${told === undefined ? '' : ` for ${told.version.text}`}`;
  const part = (value: Text, isTold: boolean): Setting => ({
    value,
    origin: {
      kind: 'default',
      because,
      ...(isTold && told !== undefined && told.told.length > 0 && { told: told.told }),
    },
  });
  const name = /\/([\w-]+):[^/]*$/.exec(
    use.reference.kind === 'literal' ? use.reference.value : use.reference.raw,
  );
  return {
    ...use,
    parts: {
      hub: part(pinnedHub(told), false),
      image: part(literal(name?.[1] ?? ''), false),
      tag: part(pinnedTag(told), true),
    },
  };
}

const hasKnownHub =
  (told: Evidence | undefined) =>
  ({ parts }: ImageUse): boolean =>
    told === undefined || parts.hub?.value.kind !== 'dynamic' || parts.hub.origin.kind === 'written';

/** Where the version is known, but not where the operator takes its images from. */
function hubGaps(
  images: readonly ImageUse[],
  told: Evidence | undefined,
  anchor: Gap['site'],
): readonly Gap[] {
  if (images.every(hasKnownHub(told))) return [];
  const site = told?.origin.kind === 'written' ? told.origin.site : anchor;
  return [{ what: 'hub', why: `${noHub(told)}; set spec.values.global.hub`, site }];
}
