import type { OverlayOptions } from '../../core/overlay';
import { type Range, within } from './version';

/** How one range of versions of istioctl turns an IstioOperator into images. */
export interface Rules extends OverlayOptions {
  /** `--set` changes what the user's files say; otherwise the flags make a tree of their own, which is laid over all. */
  readonly setChangesFiles: boolean;
  /** `-f` takes one file, the last counts; otherwise it repeats, and takes several with commas between. */
  readonly takesOneFile: boolean;
  /** `-` is refused unless it is the last file of all; otherwise it may stand anywhere, and is read once. */
  readonly inputComesLast: boolean;
  /** `--set a=1,b=2` sets two values; otherwise a comma is a part of the value. */
  readonly setSplitsAtCommas: boolean;
  /** `--set tag=1.10` keeps the text; otherwise it is the number 1.1. */
  readonly setKeepsTags: boolean;
  /** `--set spec.hub=…` means `--set hub=…`. */
  readonly setTakesSpec: boolean;
  /** The features of an IstioControlPlane are read. */
  readonly controlPlanes: boolean;
  /** `profile` may be the path of a file. */
  readonly profileFiles: boolean;
  /** `components.pilot.hub` beats `values.pilot.hub`, not the other way round. */
  readonly componentsBeatValues: boolean;
  /** The tag of a component is read a second time, as the value of a flag. */
  readonly readsComponentTags: boolean;
  /** Charts read `values.hub` where there is no `values.pilot.hub`. */
  readonly valuesAtTop: boolean;
  /** A component runs unless it says `enabled: false`; otherwise only if it says `enabled: true`. */
  readonly presentIsEnabled: boolean;
  /** `values.gateways.<name>.enabled` decides for the gateway of that name; otherwise it can only turn gateways on. */
  readonly valuesDecideGateways: boolean;
  /** Images have variants: `values.global.variant` and its like. */
  readonly variants: boolean;
  /** The webhook computes the sidecar's image itself, so `proxy_init.image` only counts as a whole image name. */
  readonly injectorNamesImages: boolean;
  /** The `tag` of one gateway is heeded. */
  readonly gatewayTags: boolean;
}

// istio/operator 1.4.0 cmd/mesh: `-f` is a StringVarP, `--set` a StringSliceVarP, which pflag splits at commas. Its merge is
// that of istio 1.5.0, 1.6.0 operator/pkg/util/yaml.go: JSON merge patch.
const slices: Rules = {
  lists: 'replace',
  nulls: 'remove',
  setChangesFiles: false,
  takesOneFile: true,
  inputComesLast: false,
  setSplitsAtCommas: true,
  setKeepsTags: false,
  setTakesSpec: true,
  controlPlanes: true,
  profileFiles: true,
  componentsBeatValues: false,
  readsComponentTags: false,
  valuesAtTop: false,
  presentIsEnabled: false,
  valuesDecideGateways: true,
  variants: false,
  injectorNamesImages: false,
  gatewayTags: false,
};
// istio 1.5.0 operator/cmd/mesh: `-f` is a StringSliceVarP, `--set` a StringArrayVarP.
const first: Rules = { ...slices, takesOneFile: false, setSplitsAtCommas: false };
// istio 1.6.0 operator/pkg/manifest/shared.go overlaySetFlagValues.
const setInFiles: Rules = { ...first, setChangesFiles: true };
// istio 1.7.0 operator/pkg/util/merge_iop.go: strategic merge, gateways by name.
const strategic: Rules = {
  ...setInFiles,
  lists: 'mergeByName',
  mergedLists: new Set(['ingressGateways', 'egressGateways']),
  controlPlanes: false,
};
// istio 1.13.0 pkg/kube/inject/inject.go ProxyImage.
const injector: Rules = { ...strategic, injectorNamesImages: true };
// istio 1.16.0 manifests/charts/**/deployment.yaml: `-{{ .Values.global.variant }}`.
const variants: Rules = { ...injector, variants: true };
// istio 1.24.0 operator/pkg/render/manifest.go, operator/pkg/values/map.go, operator/pkg/component/component.go.
const rendered: Rules = {
  ...variants,
  lists: 'replace',
  nulls: 'keep',
  inputComesLast: true,
  setKeepsTags: true,
  setTakesSpec: false,
  profileFiles: false,
  componentsBeatValues: true,
  readsComponentTags: true,
  valuesAtTop: true,
  presentIsEnabled: true,
  valuesDecideGateways: false,
};
// istio 1.26.0, commit 63c49e41d62: gateways/istio-ingress/templates/deployment.yaml reads the gateway's own tag.
const gatewayTags: Rules = { ...rendered, gatewayTags: true };

const rows: readonly (Range & { readonly rules: Rules })[] = [
  { to: 4, rules: slices },
  { from: 5, to: 5, rules: first },
  { from: 6, to: 6, rules: setInFiles },
  { from: 7, to: 12, rules: strategic },
  { from: 13, to: 15, rules: injector },
  { from: 16, to: 23, rules: variants },
  { from: 24, to: 25, rules: rendered },
  { from: 26, rules: gatewayTags },
];

/** The rules of version 1.`minor`; versions beyond the known ones behave like the nearest known. */
export const rulesOf = (minor: number): Rules => rows.find(row => within(row, minor))?.rules ?? gatewayTags;
