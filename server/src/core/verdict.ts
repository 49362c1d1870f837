import { type BrokenChild, brokenFor, unreadFor } from './children';
import type { Ask, ChildCheck, Depth, Fact, Known } from './fact';
import { type ImageReference, type ParsedImage, parseImage } from './image';
import { type ImageUse, mayRunOn } from './install';
import type { ReleaseFact } from './mesh';
import { type Platform, runsOn } from './platform';
import { literalValue } from './text';

/** Who answered: a registry, when (milliseconds since 1970), or the bundled release facts, read on a day. */
export type Source =
  | ({ readonly kind: 'registry' } & Pick<Known, 'by' | 'seen' | 'digest' | 'checked'>)
  | { readonly kind: 'release facts'; readonly read: string };

/** The part of the name that a reader should look at first. */
export type Decider = 'hub' | 'tag';

/** Whether one image will run on every target platform. `unknown` and `pending` say nothing about the image. */
export type Verdict =
  | { readonly kind: 'supported'; readonly available: readonly Platform[]; readonly source: Source }
  | {
      readonly kind: 'unsupported';
      /** The platforms that it is there for, as far as is known. */
      readonly available: readonly Platform[];
      /** The target platforms that it is not said to be for. */
      readonly missing: readonly Platform[];
      /** What an index leads to for the other target platforms, where that is not what the index says. */
      readonly broken: readonly BrokenChild[];
      readonly source: Source;
    }
  | { readonly kind: 'missing'; readonly why: string; readonly decider: Decider }
  | {
      readonly kind: 'invalid';
      readonly why: string;
      readonly by: 'text' | 'registry';
      readonly decider: Decider;
    }
  | {
      readonly kind: 'unknown';
      readonly because: string;
      readonly decider: Decider;
      /** The registry that the user would have to allow before it is asked. */
      readonly stranger?: string;
    }
  | { readonly kind: 'pending' }
  /** A part of the image's name is not in the text; a gap of the plan says which. */
  | { readonly kind: 'unresolved' };

export type VerdictOf<K extends Verdict['kind']> = Extract<Verdict, { kind: K }>;

/** What `judge` needs besides the image. */
export interface Judging {
  readonly targets: readonly Platform[];
  readonly ask: Ask;
  /** How far the question goes; `index` for every image where it is left out. */
  readonly depthOf?: (image: ImageReference) => Depth;
  readonly released: (image: ImageReference) => ReleaseFact | undefined;
  /** Reads image names; one that remembers them where many images have the same. */
  readonly parse?: (text: string) => ParsedImage;
}

/**
 * The verdict for one image, for the target platforms that its pods may run on. The registry's word counts first; where it
 * can't be had (or not yet), the release facts answer for the images that they speak of.
 */
export function judge(use: ImageUse, judging: Judging): Verdict {
  if (use.reference.kind === 'dynamic') return { kind: 'unresolved' };
  const parsed = (judging.parse ?? parseImage)(use.reference.value);
  if (parsed.kind === 'invalid')
    return { kind: 'invalid', why: parsed.why, by: 'text', decider: wrongPart(use) };
  const targets = judging.targets.filter(target => mayRunOn(use, target));
  const depth = judging.depthOf?.(parsed.image) ?? 'index';
  const fact = judging.ask(parsed.image, depth);
  switch (fact.kind) {
    case 'known':
      return judgeKnown(fact, targets, depth);
    case 'absent':
      return { kind: 'missing', why: fact.why, decider: fact.what === 'repository' ? 'hub' : 'tag' };
    case 'invalid':
      return { kind: 'invalid', why: fact.why, by: 'registry', decider: 'tag' };
    case 'denied':
    case 'unreachable':
    case 'notAllowed':
    case 'offline':
    case 'pending': {
      const released = judging.released(parsed.image);
      const said =
        released && compare(released.platforms, targets, { kind: 'release facts', read: released.read });
      // The release facts know nothing of images behind an index: there they can only speak against one.
      if (said !== undefined && (depth === 'index' || said.kind === 'unsupported')) return said;
      return fact.kind === 'pending'
        ? fact
        : {
            kind: 'unknown',
            because: reasonOf(fact),
            decider: fact.kind === 'offline' ? 'tag' : 'hub',
            ...(fact.kind === 'notAllowed' && { stranger: fact.host }),
          };
    }
  }
}

/** The part that makes a name invalid: the hub, if it can't be the start of any image's name. */
function wrongPart({ parts }: ImageUse): Decider {
  const hub = literalValue(parts.hub?.value);
  return hub !== undefined && parseImage(`${hub}/image`).kind === 'invalid' ? 'hub' : 'tag';
}

/** What is behind an index speaks against the image where it was read; where it was not, only if that was asked for. */
function judgeKnown(fact: Known, targets: readonly Platform[], depth: Depth): Verdict {
  if (fact.platforms.length === 0) {
    const because = 'the image does not say which platform it is built for';
    return { kind: 'unknown', because, decider: 'tag' };
  }
  const { by, seen, digest, checked } = fact;
  const source = { kind: 'registry', by, seen, digest, ...(checked && { checked }) } as const;
  const verdict = compare(fact.platforms, targets, source, checked);
  if (verdict.kind !== 'supported' || depth === 'index') return verdict;
  const because = unreadFor(fact, targets);
  return because === undefined ? verdict : { kind: 'unknown', because, decider: 'tag' };
}

function compare(
  listed: readonly Platform[],
  targets: readonly Platform[],
  source: Source,
  checked: readonly ChildCheck[] = [],
): Verdict {
  const missing = targets.filter(target => !listed.some(platform => runsOn(target, platform)));
  const broken = brokenFor(checked, targets);
  const available = listed.filter(platform => brokenFor(checked, [platform]).length === 0);
  return missing.length === 0 && broken.length === 0
    ? { kind: 'supported', available, source }
    : { kind: 'unsupported', available, missing, broken, source };
}

/** A fact that leaves the question open. */
export type OpenFact = Extract<Fact, { kind: 'denied' | 'unreachable' | 'notAllowed' | 'offline' }>;

/** Why a question could not be answered, as a clause for people that says what to do where something can be done. */
export function reasonOf(fact: OpenFact): string {
  switch (fact.kind) {
    case 'denied':
    case 'unreachable':
      return fact.why;
    case 'notAllowed':
      return `${fact.host} is not a registry that Meshfit may ask; allow it in the setting meshfit.registries.allowed (command line: --allow-host ${fact.host})`;
    case 'offline':
      return fact.network === 'off'
        ? "the network is switched off, and Istio's release facts have no answer"
        : "nothing is asked in a workspace that you do not trust, and Istio's release facts have no answer";
  }
}
