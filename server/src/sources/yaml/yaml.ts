import type { Source } from '../../core/source';
import { readCommands } from '../ci/commands';
import { mayHoldManifest } from '../interest';
import { insert } from './insert';
import { readDocuments, readManifests, readValues } from './manifests';
import { reread } from './reread';
import { mayHold, split } from './split';
import { insertTraced } from './traced';

/**
 * Manifests in YAML and JSON, also where a template language (Helm, Jinja, ERB, envsubst) still has to fill them in, and
 * the shell scripts of pipelines, Kubernetes and Compose files, playbooks and the like.
 * The file endings `.tpl`, `.j2`, `.tmpl`, `.gotmpl` and `.template` say nothing about the language inside: such files
 * are read because `mayHold` passes over those without an install.
 */
export const yaml: Source = {
  id: 'yaml',
  languageIds: [
    ...['yaml', 'json', 'jsonc', 'helm', 'ansible'],
    ...['azure-pipelines', 'dockercompose', 'github-actions-workflow'],
  ],
  fileNames: /\.(?:ya?ml|json|tpl|j2|tmpl|gotmpl|template)$/,
  mayHold,
  split,
  read: (chunk, uri, open) => [
    ...(mayHoldManifest(chunk) ? readManifests(chunk, uri) : []),
    ...readCommands(chunk, uri, open),
  ],
  reread,
  values: readValues,
  documents: readDocuments,
  insert: (chunk, manifest, path, value) =>
    (manifest.within === undefined ? insert : insertTraced)(chunk, manifest, path, value),
};
