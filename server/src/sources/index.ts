import type { Source } from '../core/source';
import { dockerfile } from './dockerfile/dockerfile';
import { jenkinsfile } from './jenkinsfile/jenkinsfile';
import { makefile } from './makefile/makefile';
import { markdown } from './markdown/markdown';
import { shell } from './shell/shell';
import { terraform } from './terraform/terraform';
import { yaml } from './yaml/yaml';

/** The languages that installs are read from. */
export const sources: readonly Source[] = [
  yaml,
  shell,
  makefile,
  dockerfile,
  markdown,
  jenkinsfile,
  terraform,
];
