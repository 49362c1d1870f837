import type { Rule } from '../core/rule';
import { childMissing } from './childMissing';
import { commandRemoved } from './commandRemoved';
import { componentMissingAtHub } from './componentMissingAtHub';
import { conflictingVersion } from './conflictingVersion';
import { couldNotCheck } from './couldNotCheck';
import { hubRetired } from './hubRetired';
import { imageInvalid } from './imageInvalid';
import { imageNotFound } from './imageNotFound';
import { indexContradictsImage } from './indexContradictsImage';
import { overrideIgnored } from './overrideIgnored';
import { platformUnsupported } from './platformUnsupported';
import { schedulingExcludesPlatform } from './schedulingExcludesPlatform';
import { tagRetyped } from './tagRetyped';
import { variantDoubled } from './variantDoubled';
import { variantUnpublished } from './variantUnpublished';

/** Every rule. Another one is a file, a page and a line here. */
export const rules: readonly Rule[] = [
  platformUnsupported,
  imageNotFound,
  indexContradictsImage,
  childMissing,
  imageInvalid,
  commandRemoved,
  tagRetyped,
  variantDoubled,
  variantUnpublished,
  componentMissingAtHub,
  schedulingExcludesPlatform,
  hubRetired,
  overrideIgnored,
  conflictingVersion,
  couldNotCheck,
];
