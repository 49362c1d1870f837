import type { Gap, Setting } from '../../core/install';
import type { MeshSettings } from '../../core/mesh';
import { overlay } from '../../core/overlay';
import { dynamic, literal } from '../../core/text';
import { type MapNode, type Node, nodeAt } from '../../core/tree';
import { builtinEntry, builtinScalar, builtinTree } from './builtin';
import { inOperatorShape } from './controlPlane';
import type { Evidence } from './evidence';
import { compiledInHub } from './hubs';
import { chartProfileOf, profileOf } from './profiles';
import type { Rules } from './rules';
import { applySetFlag, type SetFlag } from './setFlag';
import { firstAt, valuePaths } from './settings';

/** What the user wrote: the specs of the files in their order, and the `--set` flags. */
export interface Written {
  readonly files: readonly Node[];
  readonly sets: readonly SetFlag[];
}

/** What holds where nobody wrote anything. */
export interface CompiledIn {
  readonly hub: Setting;
  readonly tag: Setting;
}

/** What the user wrote, before any profile is laid below it. */
export const userSpec = (written: Written, rules: Rules): Node | undefined => userTree(written, rules).spec;

interface Tree {
  readonly spec: Node | undefined;
  readonly gaps: readonly Gap[];
}

function userTree({ files, sets }: Written, rules: Rules): Tree {
  const merged = files.reduce<Node | undefined>((below, file) => {
    const spec = rules.controlPlanes ? inOperatorShape(file) : file;
    return spec === undefined ? below : overlay(below, spec, rules);
  }, undefined);
  if (rules.setChangesFiles || sets.length === 0) return applySets(merged, sets, rules);
  const { spec: own, gaps } = applySets(undefined, sets, rules);
  const spec = rules.controlPlanes ? inOperatorShape(own) : own;
  return { spec: spec === undefined ? merged : overlay(merged, spec, rules), gaps };
}

/**
 * The spec that istioctl renders: profile `default`, the selected profile, the compiled-in hub and tag, the files, the
 * `--set` flags (istioctl 1.14 operator/pkg/manifest/shared.go, 1.24 operator/pkg/render/manifest.go).
 */
export function mergedSpec(
  written: Written,
  profiles: readonly Node[],
  compiledIn: CompiledIn,
  rules: Rules,
  minor: number,
): { readonly spec: Node; readonly gaps: readonly Gap[] } {
  const base = [...profiles, compiledInTree(compiledIn)].reduce((below, layer) =>
    overlay(below, layer, rules),
  );
  const { spec, gaps } = userTree(written, rules);
  const merged = spec === undefined ? base : overlay(base, spec, rules);
  return { spec: withChartProfile(merged, rules, minor), gaps };
}

/** The profile `default` and what the selected one lays over it; `undefined` for a name that the version has not. */
export function builtinProfiles(name: string, minor: number): readonly Node[] | undefined {
  const base = profileOf('default', minor);
  const selected = profileOf(name, minor);
  if (base === undefined || selected === undefined) return undefined;
  return name === 'default' ? [base] : [base, selected];
}

/**
 * The hub and the tag of a release of istioctl: those of the version that `told` tells, unless the user's settings stand for
 * them. Not known without a version, nor is the tag with a minor version alone.
 */
export function compiledInOf(
  { defaultHub, defaultTag }: MeshSettings,
  told: Pick<Evidence, 'version' | 'told'> | undefined,
): CompiledIn {
  const version = told?.version;
  const setting = (own: string | undefined, released: string | undefined, name: string): Setting => {
    const value = own ?? released;
    return {
      value:
        value === undefined ? dynamic(`<${name}>`, 'the version of istioctl is not known') : literal(value),
      origin: {
        kind: 'default',
        because: version === undefined ? 'compiled into istioctl' : `compiled into istioctl ${version.text}`,
        ...(own === undefined && told !== undefined && told.told.length > 0 && { told: told.told }),
      },
    };
  };
  return {
    hub: setting(defaultHub, version && compiledInHub(version.minor), 'hub'),
    tag: setting(defaultTag, version?.release === true ? version.text : undefined, 'tag'),
  };
}

function compiledInTree({ hub, tag }: CompiledIn): MapNode {
  const entries = [
    { key: 'hub', setting: hub },
    { key: 'tag', setting: tag },
  ].map(({ key, setting }) => {
    const because = setting.origin.kind === 'default' ? setting.origin.because : '';
    return builtinEntry(key, builtinScalar(setting.value, because), because);
  });
  return { kind: 'map', entries, site: builtinTree({}, '').site };
}

/** Lays the charts' own profile below everything else (istio manifests/helm-profiles, zzz_profile.yaml). */
export function withChartProfile(spec: Node, rules: Rules, minor: number): Node {
  const name = firstAt(spec, [...valuePaths('profile'), ...valuePaths('global', 'profile')])?.value;
  const chart = name?.kind === 'literal' ? chartProfileOf(name.value, minor) : undefined;
  return chart === undefined ? spec : overlay(chart, spec, rules);
}

function applySets(spec: Node | undefined, sets: readonly SetFlag[], rules: Rules): Tree {
  const gaps: Gap[] = [];
  let result = spec;
  for (const flag of sets) {
    const next = applySetFlag(result, flag, rules);
    if (next === undefined)
      gaps.push({
        what: 'values',
        why: 'istioctl refuses this path, because it selects an item of a list that has no such item',
        site: flag.pathSite,
      });
    else result = next;
  }
  return { spec: result, gaps };
}

/** The spec of an IstioOperator, `undefined` where it is empty or no map. */
export function specOf(root: MapNode | undefined): Node | undefined {
  const spec = nodeAt(root, ['spec']);
  return spec?.kind === 'map' ? spec : undefined;
}
