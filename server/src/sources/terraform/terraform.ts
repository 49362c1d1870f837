import type { ReadFile } from '../../core/document';
import type { Fragment } from '../../core/fragment';
import type { Source } from '../../core/source';
import { mayInterest } from '../interest';
import { readScripts } from '../shell/script';
import { insertTraced } from '../yaml/traced';
import { append } from './append';
import type { Scope } from './evaluate';
import { helmCommands } from './helmRelease';
import { insertObject } from './insertObject';
import { manifestsIn } from './manifests';
import { moduleOf } from './module';
import { scriptsIn } from './scripts';

/** Terraform and OpenTofu: releases of charts, manifests, and scripts that resources run. */
export const terraform: Source = {
  id: 'terraform',
  languageIds: ['terraform', 'opentofu', 'hcl'],
  fileNames: /\.(?:tf|tofu)$/,
  mayHold: mayInterest,
  split: text => (mayInterest(text) ? [{ start: 0, text }] : []),
  read,
  insert: (chunk, manifest, path, value) =>
    manifest.within === undefined
      ? insertObject(chunk, manifest.anchor.uri, manifest.root, path, value)
      : insertTraced(chunk, manifest, path, value),
  append,
};

/** No file that people wrote has more resources. */
const mostBlocks = 100_000;

function read(chunk: string, uri: string, open: ReadFile): readonly Fragment[] {
  const module = moduleOf(chunk, uri, open);
  const scope: Scope = { module, file: module.file, names: new Map(), depth: 0 };
  const blocks = module.file.body.blocks
    .filter(({ type }) => type === 'resource' || type === 'data')
    .slice(0, mostBlocks);
  const releases = blocks.flatMap((block): readonly Fragment[] =>
    /^helm_(?:release|template)$/.test(block.labels[0]?.text ?? '')
      ? helmCommands(block, scope)
      : manifestsIn(block, scope),
  );
  const scripts = blocks.flatMap(block => scriptsIn(block, scope));
  if (scripts.length === 0) return releases;
  return [...releases, ...readScripts(scripts, { uri, open, keepsVariables: false })];
}
