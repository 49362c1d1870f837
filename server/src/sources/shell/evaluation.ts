import type { Fragment, Manifest, Word } from '../../core/fragment';
import type { Substitution } from './expand';
import type { MayMatter } from './relevance';
import type { Session } from './script';
import type { Choice } from './state';
import type { Variant } from './variants';

/** A command that ran before, for each combination of what it depends on. */
export type EarlierCommand = readonly Variant<readonly Word[]>[];

/** What is gathered while the scripts of one session are followed. It belongs to one call and changes during it. */
export interface Evaluation {
  readonly session: Session;
  readonly fragments: Fragment[];
  readonly before: EarlierCommand[];
  /** Manifests in here-documents; those that no command takes are installs of their own. */
  readonly manifests: Manifest[];
  /** The manifests that a command takes, or that are taken away again, by their places. */
  readonly taken: Set<string>;
  /** Commands that are known already, so that none counts twice. */
  readonly seen: Set<string>;
  /** The ways that lead to what is being followed, besides those that its words tell. */
  choices: readonly Choice[];
  /** Functions that were called, by where they are written. */
  readonly called: Set<string>;
  /** The files that are being sourced, the outermost first. */
  readonly sourcing: string[];
  /** Commands that may still be followed, so that no script takes for ever. */
  steps: number;
  /** Which statements of the scripts can matter; all of them where it is absent. */
  mayMatter: MayMatter | undefined;
  /** Made when it is needed first. */
  substitution: Substitution | undefined;
  /** How many are waiting for what the command that is being followed prints. */
  readers: number;
  /** How deep functions, sourced files and texts that are run may still nest. */
  depth: number;
  /** The number of the last fork. */
  fork: number;
}

/** More commands than any script has; loops and branches are followed once, so only functions can come near it. */
const mostSteps = 50_000;

/** Functions that call themselves end here. */
const deepest = 16;

export const createEvaluation = (session: Session): Evaluation => ({
  session,
  fragments: [],
  before: [],
  manifests: [],
  taken: new Set(),
  seen: new Set(),
  choices: [],
  called: new Set(),
  sourcing: [session.uri],
  steps: mostSteps,
  mayMatter: undefined,
  substitution: undefined,
  readers: 0,
  depth: deepest,
  fork: 0,
});

/** Follows something that nests; nothing where it nests too deep. */
export function nested<T>(evaluation: Evaluation, follow: () => T): T | undefined {
  if (evaluation.depth === 0) return undefined;
  evaluation.depth -= 1;
  try {
    return follow();
  } finally {
    evaluation.depth += 1;
  }
}

/** Follows something whose output is needed. */
export function reading<T>(evaluation: Evaluation, follow: () => T): T {
  evaluation.readers += 1;
  try {
    return follow();
  } finally {
    evaluation.readers -= 1;
  }
}
