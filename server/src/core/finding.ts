import type { Site, TextEdit } from './text';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Who says so: the registry itself, or the release facts that are bundled with Meshfit. */
export type Evidence = 'registry' | 'release facts' | 'text';

/** A change that repairs a finding. The images it leads to were verified before it was made. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly preferred: boolean;
}

export interface Related {
  readonly site: Site;
  readonly message: string;
}

/** One problem, at the text that causes it. Plain data until a shell shows it. */
export interface Finding {
  /** A kebab-case code, documented in a page of its own and never reused. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly site: Site;
  readonly related: readonly Related[];
  /** The images it speaks of, as full references. */
  readonly images: readonly string[];
  readonly evidence: Evidence;
  /** The command or the `kind:` value of the install it belongs to. */
  readonly install: Site;
}
