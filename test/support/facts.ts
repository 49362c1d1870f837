import type { ChildCheck, Depth, Fact } from '../../server/src/core/fact';
import { formatImage, type ImageReference, parseImage } from '../../server/src/core/image';
import { type Platform, parsePlatform } from '../../server/src/core/platform';
import type { Facts } from '../../server/src/settle';

/** When the registries of the fixtures were asked, in milliseconds since 1970. */
export const seen = Date.UTC(2026, 10, 23);

/**
 * Facts as a fixture writes them, a line each: an image, then its platforms, or one of the words `absent`, `absent-repository`, `denied`,
 * `unreachable`, `invalid`, `offline`, `notAllowed` with a reason. Images that no line names are not asked for: an image
 * of a registry that has lines is absent there, any other is unreachable. What the images behind an index say of
 * themselves shows once they were read: `linux/arm64=linux/amd64` is a lie of the index, `linux/arm64=missing` and
 * `linux/arm64=unread` are images that can't be had or can't be read.
 */
export function factsOf(lines: readonly string[]): Facts & { readonly loaded: readonly string[] } {
  const told = new Map(lines.map(line => factLine(line)));
  const registries = new Set([...told.keys()].map(image => image.split('/')[0]));
  const known = new Map<string, Fact>();
  const loaded: string[] = [];
  const answer = (image: ImageReference): Fact =>
    told.get(formatImage(image)) ??
    (registries.has(image.registry)
      ? { kind: 'absent', what: 'tag', why: 'the registry has no such tag' }
      : { kind: 'unreachable', why: `${image.registry} did not answer`, retryAt: seen });
  return {
    loaded,
    peek: (image, depth) => {
      const fact = known.get(formatImage(image));
      return fact === undefined || (depth === 'images' && isIndexOnly(fact)) ? { kind: 'pending' } : fact;
    },
    load: async wanted => {
      for (const { image, depth } of wanted) {
        loaded.push(depth === 'index' ? formatImage(image) : `${formatImage(image)} (images)`);
        known.set(formatImage(image), asFarAs(depth, answer(image)));
      }
    },
  };
}

const isIndexOnly = (fact: Fact): boolean => fact.kind === 'known' && fact.checked === undefined;

/** What is told of the images behind an index is left out where only the index was asked for. */
function asFarAs(depth: Depth, fact: Fact): Fact {
  if (fact.kind !== 'known' || depth === 'images') return fact;
  const { checked: _, ...index } = fact;
  return index;
}

function factLine(line: string): readonly [string, Fact] {
  const [name = '', word = '', ...rest] = line.trim().split(/\s+/);
  const parsed = parseImage(name);
  if (parsed.kind === 'invalid') throw new Error(`not an image in a fixture's facts: ${name}`);
  return [formatImage(parsed.image), factFrom(word, rest)];
}

function factFrom(word: string, rest: readonly string[]): Fact {
  const why = rest.join(' ');
  switch (word) {
    case 'absent':
      return { kind: word, what: 'tag', why };
    case 'absent-repository':
      return { kind: 'absent', what: 'repository', why };
    case 'invalid':
    case 'denied':
      return { kind: word, why };
    case 'unreachable':
      return { kind: word, why, retryAt: seen };
    case 'notAllowed':
      return { kind: word, host: why };
    case 'offline':
      return { kind: word, network: why === 'untrusted' ? why : 'off' };
    default:
      return {
        kind: 'known',
        platforms: [word, ...rest].map(text => platform(text.replace(/=.*/, ''))),
        checked: [word, ...rest].map(childCheck),
        digest: `sha256:${'0'.repeat(64)}`,
        seen,
        by: 'the registry',
      };
  }
}

/** `linux/arm64`, or `linux/arm64=` and what is behind that. */
function childCheck(text: string, index: number): ChildCheck {
  const [listed = '', actual = listed] = text.split('=');
  const child = { platform: platform(listed), digest: `sha256:${String(index + 1).repeat(64)}` };
  switch (actual) {
    case listed:
      return { kind: 'agrees', ...child };
    case 'missing':
      return { kind: 'missing', ...child };
    case 'unread':
      return { kind: 'unread', ...child, why: 'it has a problem of its own (HTTP 503)' };
    default:
      return { kind: 'contradicts', ...child, actual: platform(actual) };
  }
}

function platform(text: string): Platform {
  const parsed = parsePlatform(text);
  if (parsed.kind === 'invalid') throw new Error(`not a platform in a fixture: ${text}`);
  return parsed.platform;
}
