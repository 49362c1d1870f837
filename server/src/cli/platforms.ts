import { brokenFor, childInWords, isBroken, unreadFor, unreadWhy, wereImagesRead } from '../core/children';
import type { ChildCheck, Depth, Fact, Known } from '../core/fact';
import { formatImage, type ImageReference, parseImage } from '../core/image';
import type { Mesh } from '../core/mesh';
import { formatPlatform, type Platform, runsOn } from '../core/platform';
import { type OpenFact, reasonOf } from '../core/verdict';
import { platformsListed } from '../core/words';
import { type Facts, settle } from '../settle';
import { coloursFor } from './report/colours';
import { type EvidenceJson, evidenceJson } from './report/evidence';

/**
 * What is known of one image. `status` is `missing-platform` where a target platform is not among `platforms`, and
 * `index-contradicts-image` or `child-missing` where the index lists it and nodes get something else, or nothing. Without
 * target platforms that counts for all that the index lists. `by` answered at the time `seen`, in ISO form; where no registry
 * did, Istio's release facts may have, which were read on the day `read`.
 */
export interface ImagePlatforms extends Partial<Omit<Extract<EvidenceJson, { kind: 'registry' }>, 'kind'>> {
  readonly image: string;
  readonly status:
    | 'ok'
    | 'missing-platform'
    | 'index-contradicts-image'
    | 'child-missing'
    | 'not-found'
    | 'invalid'
    | 'undecided';
  readonly platforms: readonly string[];
  readonly read?: string;
  /** What is wrong or not known, as a clause that can follow the image's name. */
  readonly why?: string;
  /** What is good to know besides, in the same form. */
  readonly remark?: string;
}

/** What the platforms of images are asked for with; `depth` says how far the question goes. */
interface Asking {
  readonly targets: readonly Platform[];
  readonly depth: Depth;
  readonly facts: Facts;
  /** What answers where no registry does. */
  readonly released: Mesh['released'];
}

/** Asks for the platforms of images, named as `docker pull` takes them. */
export async function platforms(
  names: readonly string[],
  asking: Asking,
): Promise<readonly ImagePlatforms[]> {
  const round = (ask: Facts['peek']) =>
    names.map((name): ImagePlatforms => {
      const parsed = parseImage(name);
      return parsed.kind === 'invalid'
        ? { image: name, status: 'invalid', platforms: [], why: `is not an image name: ${parsed.why}` }
        : {
            image: formatImage(parsed.image),
            ...answer(parsed.image, ask(parsed.image, asking.depth), asking),
          };
    });
  return settle(round, asking.facts, () => {});
}

type Answer = Omit<ImagePlatforms, 'image'>;

function answer(image: ImageReference, fact: Fact, asking: Asking): Answer {
  const { targets, depth } = asking;
  switch (fact.kind) {
    case 'known': {
      const { kind: _, ...evidence } = evidenceJson({ ...fact, kind: 'registry' });
      const platforms = fact.platforms.map(formatPlatform);
      return { platforms, ...evidence, ...judged(fact, targets, depth) };
    }
    case 'absent':
      return { status: 'not-found', platforms: [], why: `does not exist: ${fact.why}` };
    case 'invalid':
      return { status: 'invalid', platforms: [], why: fact.why };
    case 'denied':
    case 'unreachable':
    case 'notAllowed':
    case 'offline':
      return (
        releasedAnswer(image, fact, asking) ?? {
          status: 'undecided',
          platforms: [],
          why: `could not be checked: ${reasonOf(fact)}`,
        }
      );
    case 'pending':
      return { status: 'undecided', platforms: [], why: 'could not be checked: not asked yet' };
  }
}

/** What Istio's release facts say; they know nothing of images behind an index, and can then only speak against one. */
function releasedAnswer(
  image: ImageReference,
  fact: OpenFact,
  { targets, depth, released }: Asking,
): Answer | undefined {
  const published = released(image);
  if (published === undefined) return undefined;
  const missing = lackedBy(published.platforms, targets);
  if (missing.length === 0 && depth === 'images') return undefined;
  const reason = fact.kind === 'offline' ? '' : `, because ${reasonOf(fact)}`;
  const source = `by Istio's release facts (read ${published.read})${reason}`;
  return {
    platforms: published.platforms.map(formatPlatform),
    read: published.read,
    ...(missing.length === 0
      ? { status: 'ok', remark: source }
      : { status: 'missing-platform', why: `lacks ${missing.map(formatPlatform).join(', ')}, ${source}` }),
  };
}

const lackedBy = (listed: readonly Platform[], targets: readonly Platform[]): readonly Platform[] =>
  targets.filter(target => !listed.some(platform => runsOn(target, platform)));

function judged(
  known: Known,
  targets: readonly Platform[],
  depth: Depth,
): Pick<ImagePlatforms, 'status' | 'why' | 'remark'> {
  if (known.platforms.length === 0)
    return { status: 'undecided', why: 'does not say which platform it is built for' };
  const { checked = [] } = known;
  const missing = lackedBy(known.platforms, targets);
  const broken = targets.length === 0 ? checked.filter(isBroken) : brokenFor(checked, targets);
  const wrong = [
    ...(missing.length === 0 ? [] : [`lacks ${missing.map(formatPlatform).join(', ')}`]),
    ...broken.map(childInWords),
  ];
  if (wrong.length > 0) return { status: statusOf(missing, broken), why: wrong.join('; ') };
  const unread =
    depth === 'index' ? undefined : unreadFor(known, targets.length === 0 ? known.platforms : targets);
  if (unread !== undefined) return { status: 'undecided', why: `could not be verified: ${unread}` };
  return { status: 'ok', ...(wereImagesRead(known) && { remark: remarkOf(checked) }) };
}

const statusOf = (missing: readonly Platform[], broken: readonly ChildCheck[]): ImagePlatforms['status'] => {
  if (missing.length > 0) return 'missing-platform';
  return broken.some(({ kind }) => kind === 'contradicts') ? 'index-contradicts-image' : 'child-missing';
};

/** What was read may be less than what the index lists. */
function remarkOf(checked: readonly ChildCheck[]): string {
  const agreed = checked.filter(({ kind }) => kind === 'agrees').map(({ platform }) => platform);
  if (agreed.length === checked.length) return 'the images themselves say the same';
  const [image, says] = agreed.length === 1 ? ['image', 'says'] : ['images', 'say'];
  return [
    ...(agreed.length === 0 ? [] : [`the ${image} for ${platformsListed(agreed)} ${says} the same`]),
    ...checked.filter(isBroken).map(childInWords),
    ...checked.flatMap(check => (check.kind === 'unread' ? unreadWhy(check) : [])),
  ].join('; ');
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
    .map(({ image, status, platforms, why, remark }) => {
      const has = platforms.length === 0 ? '' : `: ${platforms.join(', ')}`;
      const mark = status === 'ok' ? paint.good : status === 'undecided' ? paint.dim : paint.error;
      const said = why ?? remark;
      return `${paint.bold(image)}${has}${said === undefined ? '' : mark(`${has === '' ? ' ' : ' – '}${said}`)}\n`;
    })
    .join('');
}
