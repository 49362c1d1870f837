import type { Rule } from '../core/rule';
import { conflictingVersion } from './conflictingVersion';
import { couldNotCheck } from './couldNotCheck';
import { imageInvalid } from './imageInvalid';
import { imageNotFound } from './imageNotFound';
import { platformUnsupported } from './platformUnsupported';

/** Every rule. Another one is a file, a page and a line here. */
export const rules: readonly Rule[] = [
  platformUnsupported,
  imageNotFound,
  imageInvalid,
  conflictingVersion,
  couldNotCheck,
];
