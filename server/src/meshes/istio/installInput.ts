import type { Related } from '../../core/finding';
import type { Gap, InstallPlan } from '../../core/install';
import type { Site } from '../../core/text';
import type { Clues } from './clues';
import type { Invocation } from './istioctl';
import type { Written } from './merge';

/** What an install is made from, whoever asked for it. */
export interface InstallInput {
  readonly written: Written;
  /** How the user writes a hub or a tag there. */
  readonly form: 'manifest' | 'command' | 'operator init';
  readonly clues: Clues;
  /** The newest minor version that the files are made for or that has the flags, where they tell one. */
  readonly newest?: number;
  readonly operator?: Invocation['operator'];
  readonly narrowing?: Invocation['narrowing'];
  readonly revision?: Invocation['revision'];
  readonly anchor: Site;
  readonly directories: readonly string[];
  readonly gaps: readonly Gap[];
  readonly notes: readonly Related[];
  readonly files: InstallPlan['files'];
  readonly reads: readonly string[];
}
