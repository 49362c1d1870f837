import type { Related, Repair } from './finding';
import type { ImageUse } from './install';
import type { Site } from './text';

/**
 * What a mesh notices in the text of an install and a rule reports: only the mesh knows what its installer does with the
 * text. Plain data; `code` is that of the rule. Clauses can stand within a sentence, sentences are whole.
 */
export type Notice =
  | IgnoredOverride
  | RetypedTag
  | RetiredHub
  | DoubledVariant
  | UnpublishedVariant
  | RemovedCommand
  | MissingComponent
  | ExcludedPlatform;

interface Noticed {
  readonly site: Site;
  /** Ways out, best first; none of them is verified yet. */
  readonly repairs: readonly Repair[];
}

/** A written value that has no effect. */
export interface IgnoredOverride extends Noticed {
  readonly code: 'override-ignored';
  /** How people call the setting, as `spec.hub`. */
  readonly name: string;
  readonly value: string;
  /** A sentence: why it has no effect, and what counts. */
  readonly why: string;
  /** The value that counts instead, where it is written. */
  readonly related: readonly Related[];
}

/** A tag of which the installer makes a number or a boolean. */
export interface RetypedTag extends Noticed {
  readonly code: 'tag-retyped';
  readonly written: string;
  readonly used: string;
  /** A sentence: what to write instead. */
  readonly advice: string;
}

/** A hub that is or will be switched off. */
export interface RetiredHub extends Noticed {
  readonly code: 'hub-retired';
  readonly hub: string;
  /** Where the hub comes from, as a clause, if it is not written: `compiled into istioctl 1.30.0`. */
  readonly because?: string;
  /** A clause: `goes away in December 2026`. */
  readonly fate: string;
  readonly instead: string;
  readonly uses: readonly ImageUse[];
}

/** A tag that already ends with a variant, and gets one more. */
export interface DoubledVariant extends Noticed {
  readonly code: 'variant-doubled';
  readonly tag: string;
  readonly variant: string;
  readonly uses: readonly ImageUse[];
}

/** A variant that nobody builds at this hub. */
export interface UnpublishedVariant extends Noticed {
  readonly code: 'variant-unpublished';
  readonly variant: string;
  /** A sentence: what is published there instead. */
  readonly why: string;
  readonly uses: readonly ImageUse[];
}

/** A command, or what a command relies on, that this version of the installer does not have. */
export interface RemovedCommand extends Noticed {
  readonly code: 'command-removed';
  /** What it is, with quotes around a command: `"istioctl operator init"`, `operator in the cluster`. */
  readonly what: string;
  readonly version: string;
  /** The last version that has it. */
  readonly last: string;
  /** A sentence: what to do instead. */
  readonly advice: string;
}

/** A component whose image the hub has never had. */
export interface MissingComponent extends Noticed {
  readonly code: 'component-missing-at-hub';
  readonly hub: string;
  readonly image: string;
  readonly uses: readonly ImageUse[];
}

/** Pods that the installer itself keeps off nodes of some platforms, although nobody asked for it. */
export interface ExcludedPlatform extends Noticed {
  readonly code: 'scheduling-excludes-platform';
  /** The images of those pods; the `nodes` of each say who keeps them where. */
  readonly uses: readonly ImageUse[];
  /** The architectures of the nodes that the pods may run on. */
  readonly allowed: readonly string[];
  /** The one architecture that the repairs let the pods run on. */
  readonly repaired: string;
  /** Sentences: what keeps them off, and what else there is to know. */
  readonly why: string;
}
