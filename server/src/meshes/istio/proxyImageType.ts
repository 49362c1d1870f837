import type { Manifest } from '../../core/fragment';
import type { ImageUse, InstallPlan, Setting } from '../../core/install';
import type { MeshSettings, Open } from '../../core/mesh';
import { literal, type Text, textOf } from '../../core/text';
import { besideInFile } from './besideInFile';
import { noClues } from './clues';
import { evidenceOf } from './evidence';
import { withImageType } from './imageType';
import { compiledInOf } from './merge';
import { isIstioOperator } from './operator';
import { joined } from './piece';
import { rulesOf } from './rules';
import { sailComponent } from './sail';
import type { Path } from './settings';
import { newestMinor, parseVersion } from './version';

/** Where a proxy config says the type of the image (istio.io/api networking/v1beta1 ProxyConfig, mesh/v1alpha1). */
export const imageTypeIn: Path = ['image', 'imageType'];

/** The image of a proxy with a type of its own, and the files that were read to know it. */
export interface TypedProxy extends Pick<ImageUse, 'reference' | 'parts'> {
  readonly reads: readonly string[];
}

/**
 * The image that pods of this type get: that of the install in the same file, or of the one that the settings tell, with
 * another end of its tag. `undefined` where no install is known, where several differ, and before 1.13, which has no types.
 */
export function typedProxy(
  manifest: Manifest,
  type: Setting,
  settings: MeshSettings,
  open: Open,
  planInstall: (manifest: Manifest) => InstallPlan | undefined,
): TypedProxy | undefined {
  const { manifests, reads } = besideInFile(manifest, open);
  const installs = manifests.filter(one => isIstioOperator(one) || sailComponent(one) === 'pilot');
  const proxies = installs.flatMap(install => {
    const plan = planInstall(install);
    return plan === undefined ? [] : proxiesOf(plan, install.kindName);
  });
  const [proxy, ...others] = installs.length === 0 ? proxyOfSettings(settings) : proxies;
  if (proxy === undefined || !proxy.hasTypes || others.some(other => !isSame(other, proxy))) return undefined;
  const { hub, image, tag } = proxy;
  const reference = joined([
    hub.value,
    literal('/'),
    image.value,
    literal(':'),
    withImageType(tag.value, type.value),
  ]);
  return { reference, parts: { hub, image, tag, variant: type }, reads };
}

interface KnownProxy {
  readonly hub: Setting;
  readonly image: Setting;
  readonly tag: Setting;
  readonly hasTypes: boolean;
}

/** The injected proxies of an install; one that is a whole image name has no types, nor has one that is not known. */
function proxiesOf({ images, version }: InstallPlan, kindName: string): readonly KnownProxy[] {
  const minor = version === undefined ? newestMinor : (parseVersion(version.version)?.minor ?? newestMinor);
  const because = `the ${kindName} in the same file`;
  return images
    .filter(({ when, container }) => when === 'injection' && container === 'istio-proxy')
    .map(({ parts }): KnownProxy => {
      const part = (setting: Setting | undefined): Setting => ({
        value: setting?.value ?? literal(''),
        origin: { kind: 'default', because },
      });
      const isKnown = [parts.hub, parts.tag, parts.image].every(setting => setting?.value.kind === 'literal');
      return {
        hub: part(parts.hub),
        image: part(parts.image),
        tag: part(parts.tag),
        hasTypes: isKnown && rulesOf(minor).injectorNamesImages,
      };
    });
}

/** What the settings tell of an install that stands elsewhere. */
function proxyOfSettings(settings: MeshSettings): readonly KnownProxy[] {
  const told = evidenceOf(noClues, settings, []);
  const { hub, tag } = compiledInOf(settings, told);
  if (hub.value.kind === 'dynamic' || tag.value.kind === 'dynamic') return [];
  const image: Setting = {
    value: literal('proxyv2'),
    origin: { kind: 'default', because: "Istio's charts" },
  };
  return [{ hub, image, tag, hasTypes: rulesOf(told?.version.minor ?? newestMinor).injectorNamesImages }];
}

const isSame = (a: KnownProxy, b: KnownProxy): boolean => nameOf(a) === nameOf(b);

const nameOf = ({ hub, image, tag }: KnownProxy): string => {
  const texts: readonly Text[] = [hub.value, image.value, tag.value];
  return texts.map(textOf).join(' ');
};
