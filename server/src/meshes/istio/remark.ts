import { parseImage } from '../../core/image';
import type { ImageUse } from '../../core/install';
import { formatPlatform, type Platform, runsOn } from '../../core/platform';
import { officialHubs } from './hubs';
import { hubAndName, officialTag, platformHistory, wasBuilt } from './releases';

/** Why Istio's own images lack a platform: it came with a later version, or never. */
export function remark({ reference }: ImageUse, target: Platform): string | undefined {
  const parsed = reference.kind === 'literal' ? parseImage(reference.value) : undefined;
  if (parsed?.kind !== 'image' || parsed.image.tag === undefined) return undefined;
  const { hub, name } = hubAndName(parsed.image);
  const tag = officialTag(parsed.image.tag);
  if (!officialHubs.some(row => row.hub === hub)) return undefined;
  const platform = formatPlatform(target);
  const since = platformHistory.find(row => runsOn(target, row.platform))?.since;
  if (since === undefined) return `Istio has never published images for ${platform}.`;
  if (tag === undefined || tag.version.minor >= since) return undefined;
  if (!wasBuilt(name, since)) return `Istio published ${name} for linux/amd64 only.`;
  return `Istio publishes images for ${platform} from 1.${since} on.`;
}
