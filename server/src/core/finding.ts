import type { Site, TextEdit } from './text';
import type { Source } from './verdict';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Who says so: the registry itself, the release facts that are bundled with Meshfit, or the text alone. */
export type Evidence = 'registry' | 'release facts' | 'text';

/** A change that repairs a finding. The images it leads to were verified before it was made. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly preferred: boolean;
}

/** A value to write where the text has none: into a manifest under `path` (keys from its root), into a command as `words`. */
export interface Insert {
  readonly path: readonly string[];
  readonly words: readonly string[];
  readonly value: string;
}

/** A change that may repair one finding. Nothing about it is verified yet. */
export interface Repair {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly inserts: readonly Insert[];
}

/** A command that helps where no change of the text does: to be copied, not to be run by Meshfit. */
export interface Recipe {
  readonly title: string;
  readonly command: string;
}

export interface Related {
  readonly site: Site;
  readonly message: string;
}

/** Who spoke of an image, and when. */
export interface ImageSource {
  /** The full reference. */
  readonly image: string;
  readonly source: Source;
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
  /** Who said what it rests on, by the image; absent where nobody was asked, or where the answer was none. */
  readonly sources?: readonly ImageSource[];
  /** The command or the `kind:` value of the install it belongs to. */
  readonly install: Site;
  /** The registry that has to be allowed before the question can be answered, as `HOST` or `HOST:PORT`. */
  readonly stranger?: string;
  /** `unnecessary`: the text has no effect, and editors grey it. */
  readonly tags?: readonly 'unnecessary'[];
  /** Ways out of this finding alone, best first; without them those of the whole install are offered. */
  readonly repairs?: readonly Repair[];
}
