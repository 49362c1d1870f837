import type { Fact } from '../core/fact';
import { formatImage, parseImage } from '../core/image';
import { formatPlatform, type Platform, runsOn } from '../core/platform';
import { reasonOf } from '../core/verdict';
import { type Facts, settle } from '../settle';
import { coloursFor } from './report/colours';

/** What is known of one image. `status` is `missing-platform` where a target platform is not among `platforms`. */
export interface ImagePlatforms {
  readonly image: string;
  readonly status: 'ok' | 'missing-platform' | 'not-found' | 'invalid' | 'undecided';
  readonly platforms: readonly string[];
  readonly digest?: string;
  readonly why?: string;
}

/** Asks for the platforms of images, named as `docker pull` takes them. */
export async function platforms(
  names: readonly string[],
  targets: readonly Platform[],
  facts: Facts,
): Promise<readonly ImagePlatforms[]> {
  const round = (ask: Facts['peek']) =>
    names.map((name): ImagePlatforms => {
      const parsed = parseImage(name);
      return parsed.kind === 'invalid'
        ? { image: name, status: 'invalid', platforms: [], why: `is not an image name: ${parsed.why}` }
        : { image: formatImage(parsed.image), ...answer(ask(parsed.image), targets) };
    });
  return settle(round, facts, () => {});
}

function answer(fact: Fact, targets: readonly Platform[]): Omit<ImagePlatforms, 'image'> {
  switch (fact.kind) {
    case 'known': {
      const missing = targets.filter(target => !fact.platforms.some(platform => runsOn(target, platform)));
      const said = { platforms: fact.platforms.map(formatPlatform), digest: fact.digest };
      if (fact.platforms.length === 0)
        return { ...said, status: 'undecided', why: 'does not say which platform it is built for' };
      if (missing.length === 0) return { ...said, status: 'ok' };
      return { ...said, status: 'missing-platform', why: `lacks ${missing.map(formatPlatform).join(', ')}` };
    }
    case 'absent':
      return { status: 'not-found', platforms: [], why: `does not exist: ${fact.why}` };
    case 'invalid':
      return { status: 'invalid', platforms: [], why: fact.why };
    case 'denied':
    case 'unreachable':
    case 'notAllowed':
    case 'offline':
      return { status: 'undecided', platforms: [], why: `could not be checked: ${reasonOf(fact)}` };
    case 'pending':
      return { status: 'undecided', platforms: [], why: 'could not be checked: not asked yet' };
  }
}

/** 1 when an image is missing, unusable or lacks a target; else 3 when one could not be checked; else 0. */
export function platformsExitCode(images: readonly ImagePlatforms[]): 0 | 1 | 3 {
  if (images.some(({ status }) => status !== 'ok' && status !== 'undecided')) return 1;
  return images.some(({ status }) => status === 'undecided') ? 3 : 0;
}

/** `platforms --format json`, version 1. */
export const platformsJson = (images: readonly ImagePlatforms[]): string =>
  `${JSON.stringify({ version: 1, images }, null, 2)}\n`;

/** `platforms` for people: an image a line, what it has, and what is wrong with it. */
export function platformsText(images: readonly ImagePlatforms[], colours: boolean): string {
  const paint = coloursFor(colours);
  return images
    .map(({ image, status, platforms, why }) => {
      const has = platforms.length === 0 ? '' : `: ${platforms.join(', ')}`;
      const mark = status === 'ok' ? paint.good : status === 'undecided' ? paint.dim : paint.error;
      return `${paint.bold(image)}${has}${why === undefined ? '' : mark(`${has === '' ? ' ' : ' – '}${why}`)}\n`;
    })
    .join('');
}
