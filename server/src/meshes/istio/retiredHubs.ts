import type { Repair } from '../../core/finding';
import type { ImageUse } from '../../core/install';
import type { RetiredHub } from '../../core/notice';
import { literalValue, type Site } from '../../core/text';
import { fullHub } from './hubs';
import { isOperatorImage } from './operatorInit';

// istio.io blog 2026-03-23, 2026-07-23, 2026-08-21: registry.istio.io is a front for gcr.io/istio-release, and both end.
const retired: readonly Pick<RetiredHub, 'hub' | 'fate' | 'instead'>[] = [
  'gcr.io/istio-release',
  'registry.istio.io/release',
].map(hub => ({ hub, fate: 'goes away in December 2026', instead: 'docker.io/istio' }));

/** The hubs of an install that Istio is about to switch off, also where they come as a default; one for each place. */
export function retiredHubs(images: readonly ImageUse[], anchor: Site): readonly RetiredHub[] {
  const groups = new Map<string, RetiredHub>();
  for (const use of images) {
    const found = hubOf(use, anchor);
    const row = retired.find(({ hub }) => hub === found?.hub);
    if (found === undefined || row === undefined) continue;
    const { site, because } = found;
    const key = `${site.uri} ${site.span.start} ${row.hub}`;
    const group = groups.get(key);
    const uses = [...(group?.uses ?? []), use];
    const repairs = [repair(row.instead, found, uses)];
    groups.set(key, {
      code: 'hub-retired',
      ...row,
      site,
      ...(because !== undefined && { because }),
      uses,
      repairs,
    });
  }
  return [...groups.values()];
}

interface FoundHub {
  readonly hub: string;
  readonly site: Site;
  /** Of a default: where it comes from. */
  readonly because?: string;
  /** Of a whole image name: what follows the hub. */
  readonly rest?: string;
}

function hubOf({ parts: { hub, image } }: ImageUse, anchor: Site): FoundHub | undefined {
  if (hub !== undefined) {
    const value = literalValue(hub.value);
    if (value === undefined) return undefined;
    const { origin } = hub;
    if (origin.kind === 'written') return { hub: fullHub(value), site: origin.site };
    return { hub: fullHub(value), site: origin.told?.[0] ?? anchor, because: origin.because };
  }
  const whole = literalValue(image.value) ?? '';
  const cut = whole.lastIndexOf('/');
  if (cut < 0 || image.origin.kind === 'default') return undefined;
  return { hub: fullHub(whole.slice(0, cut)), site: image.origin.site, rest: whole.slice(cut) };
}

function repair(
  instead: string,
  { site: { uri, span }, because, rest = '' }: FoundHub,
  uses: readonly ImageUse[],
): Repair {
  const title = `switch the hub to ${instead}`;
  if (because === undefined) return { title, edits: [{ uri, span, newText: instead + rest }], inserts: [] };
  const words = uses.some(isOperatorImage) ? ['--hub', instead] : ['--set', `hub=${instead}`];
  return { title, edits: [], inserts: [{ path: ['spec', 'hub'], words, value: instead }] };
}
