import type { Finding, ImageSource, Severity } from './finding';
import type { ImageUse, InstallPlan, NamedUses } from './install';
import type { Platform } from './platform';
import type { Verdict } from './verdict';

/** What a rule may ask. It never meets a mesh, a source or a registry. */
export interface RuleContext {
  readonly targets: readonly Platform[];
  readonly judge: (use: ImageUse) => Verdict;
  /** A sentence about why this platform is missing for this image, where there is more to say than "missing". */
  readonly remark: (use: ImageUse, target: Platform) => string | undefined;
}

/** One kind of problem. Its page is `server/src/rules/<code>.md`. */
export interface Rule {
  readonly code: string;
  readonly title: string;
  /** The severity where the registry itself answered. */
  readonly severity: Severity;
  readonly check: (install: InstallPlan, context: RuleContext) => readonly Finding[];
}

/** Who said what is found about these images, once for each image. */
export const sourcesOf = (uses: NamedUses, judge: RuleContext['judge']): readonly ImageSource[] =>
  [...uses].flatMap(([image, its]) => {
    const verdict = its.map(judge).findLast(known => 'source' in known);
    return verdict === undefined ? [] : [{ image, source: verdict.source }];
  });

/**
 * Whether the release facts may say that an image does not exist: the registry said so, or nobody could say. A registry
 * that has the image is right.
 */
export function mayBeAbsent({ kind }: Verdict): boolean {
  switch (kind) {
    case 'missing':
    case 'unknown':
    case 'unresolved':
      return true;
    case 'supported':
    case 'unsupported':
    case 'invalid':
    case 'pending':
      return false;
  }
}
