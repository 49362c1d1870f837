import type { Source } from '../core/source';
import { yaml } from './yaml/yaml';

/** The languages that installs are read from. */
export const sources: readonly Source[] = [yaml];
