import type { Fragment, Manifest } from '../../core/fragment';
import { literalValue } from '../../core/text';
import { entryOf, type Node } from '../../core/tree';
import { mayHoldManifest } from '../interest';
import { readTracedManifests } from '../yaml/traced';
import { attributeOf, type Block } from './blocks';
import { attributeValue, evaluate, type Scope } from './evaluate';
import { expressionOf } from './expressions';
import { nodeOf } from './nodes';
import { instancesOf } from './turns';
import { knownText, textIn, type Value } from './value';

/** The resources that apply a manifest, each with the attribute that holds it. */
const holders: ReadonlyMap<string, string> = new Map([
  ['kubectl_manifest', 'yaml_body'],
  ['kubernetes_manifest', 'manifest'],
  ['k8s_manifest', 'content'],
  ['kubectl_file_documents', 'content'],
  ['local_file', 'content'],
]);

/** A resource for each of many values is read for these at most. */
const mostInstances = 8;

/** The manifests that a resource applies, or writes into a file, where they may lead to an install. */
export function manifestsIn(block: Block, scope: Scope): readonly Fragment[] {
  const name = holders.get(block.labels[0]?.text ?? '');
  if (name === undefined) return [];
  return instancesOf(block, scope)
    .slice(0, mostInstances)
    .flatMap(({ scope: own, given }) =>
      manifestsOf(sourceOf(block, name, own)).map(manifest => ({
        ...manifest,
        ...(given.length > 0 && { given }),
      })),
    );
}

/** The value of the attribute; the text itself where it is decoded, so that fixes are written as YAML. */
function sourceOf(block: Block, name: string, scope: Scope): Value | undefined {
  const attribute = attributeOf(block, name);
  if (attribute === undefined) return undefined;
  const expression = expressionOf(scope.module.file.tokens, attribute.first, attribute.after);
  const [text] = expression.kind === 'call' && expression.name === 'yamldecode' ? expression.args : [];
  return text === undefined ? attributeValue(block, name, scope) : evaluate(text, scope);
}

/** A file that is read as it is, is a document of its own. */
function manifestsOf(value: Value | undefined): readonly Manifest[] {
  if (value?.kind === 'text') {
    const text = textIn(value);
    return text !== undefined && mayHoldManifest(text.raw) ? readTracedManifests(text) : [];
  }
  const tree = value?.kind === 'encoded' ? value.value : value;
  return tree?.kind === 'map' && isKnownKind(tree) ? manifestFrom(nodeOf(tree)) : [];
}

const isKnownKind = (tree: Value & { kind: 'map' }): boolean =>
  tree.entries.some(({ key, value }) => key.raw === 'kind' && knownText(value) !== undefined);

function manifestFrom(root: Node): readonly Manifest[] {
  const kind = entryOf(root, 'kind')?.value;
  if (root.kind !== 'map' || kind?.kind !== 'scalar') return [];
  const apiVersion = entryOf(root, 'apiVersion')?.value;
  return [
    {
      kind: 'manifest',
      apiVersion: (apiVersion?.kind === 'scalar' ? literalValue(apiVersion.text) : undefined) ?? '',
      kindName: literalValue(kind.text) ?? '',
      root,
      anchor: kind.site,
    },
  ];
}
