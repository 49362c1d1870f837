import type { Fact } from '../../server/src/core/fact';
import { formatImage, type ImageReference, parseImage } from '../../server/src/core/image';
import { parsePlatform } from '../../server/src/core/platform';
import type { Facts } from '../../server/src/settle';

/** When the registries of the fixtures were asked, in milliseconds since 1970. */
export const seen = Date.UTC(2026, 10, 23);

/**
 * Facts as a fixture writes them, a line each: an image, then its platforms, or one of the words `absent`, `absent-repository`, `denied`,
 * `unreachable`, `invalid`, `offline`, `notAllowed` with a reason. Images that no line names are not asked for: an image
 * of a registry that has lines is absent there, any other is unreachable.
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
    peek: image => known.get(formatImage(image)) ?? { kind: 'pending' },
    load: async wanted => {
      for (const { image } of wanted) {
        loaded.push(formatImage(image));
        known.set(formatImage(image), answer(image));
      }
    },
  };
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
        platforms: [word, ...rest].map(platform),
        digest: `sha256:${'0'.repeat(64)}`,
        seen,
        by: 'the registry',
      };
  }
}

function platform(text: string) {
  const parsed = parsePlatform(text);
  if (parsed.kind === 'invalid') throw new Error(`not a platform in a fixture: ${text}`);
  return parsed.platform;
}
