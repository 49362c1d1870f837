import type { Given } from '../../core/fragment';
import type { Traced } from '../../core/traced';
import type { Script } from '../shell/script';

/** Scripts that run one after the other, in one place. */
export interface ShellSession {
  readonly scripts: readonly Script[];
  /** Whether each script also knows the variables of the last. */
  readonly keepsVariables: boolean;
  /** The combination of a matrix that it stands for, where there are others. */
  readonly given: readonly Given[];
}

/** What a chunk of YAML holds in its texts. */
export interface Found {
  readonly sessions: readonly ShellSession[];
  /** Texts that are YAML themselves and name an IstioOperator, such as the files of a ConfigMap. */
  readonly documents: readonly Traced[];
}
