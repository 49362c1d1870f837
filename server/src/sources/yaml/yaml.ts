import type { Source } from '../../core/source';
import { insert } from './insert';
import { readManifests } from './manifests';
import { reread } from './reread';
import { mayHold, split } from './split';

/**
 * Manifests in YAML and JSON, also where a template language (Helm, Jinja, ERB, envsubst) still has to fill them in.
 * The file endings `.tpl`, `.j2`, `.tmpl`, `.gotmpl` and `.template` say nothing about the language inside: such files
 * are read because `mayHold` passes over those without an install.
 */
export const yaml: Source = {
  id: 'yaml',
  languageIds: ['yaml', 'json', 'jsonc', 'helm'],
  extensions: ['.yaml', '.yml', '.json', '.tpl', '.j2', '.tmpl', '.gotmpl', '.template'],
  mayHold,
  split,
  read: readManifests,
  reread,
  insert,
};
