import type { Site } from '../../../server/src/core/text';
import type { Node } from '../../../server/src/core/tree';
import { readManifests } from '../../../server/src/sources/yaml/manifests';
import { yaml } from '../../../server/src/sources/yaml/yaml';

/** The trees of all chunks of a text, one value a line: `spec.hub = "docker.io/istio"`, with the text at its site. */
export function show(text: string): string {
  return yaml
    .split(text)
    .flatMap(chunk =>
      readManifests(chunk.text, 'file:///a.yaml').flatMap(fragment => {
        if (fragment.kind !== 'manifest') return [];
        const at = (site: Site): string => chunk.text.slice(site.span.start, site.span.end);
        return [`${fragment.apiVersion || '?'} ${at(fragment.anchor)}`, ...showNode(fragment.root, '', at)];
      }),
    )
    .join('\n');
}

/** One line per scalar, and per empty map or list. Sites are shown where they differ from the value. */
export function showNode(node: Node, path: string, at: (site: Site) => string): readonly string[] {
  if (node.kind === 'list')
    return node.items.length === 0
      ? [`${path} = []`]
      : node.items.flatMap((item, index) => showNode(item, `${path}[${index}]`, at));
  if (node.kind === 'map')
    return node.entries.length === 0
      ? [`${path} = {}`]
      : node.entries.flatMap(entry =>
          showNode(entry.value, path === '' ? entry.key : `${path}.${entry.key}`, at),
        );
  const { text, type } = node;
  if (text.kind === 'dynamic') return [`${path} ? ${text.why}`];
  const value = type === 'string' ? JSON.stringify(text.value) : `${type} ${text.value}`.trimEnd();
  return [`${path} = ${value}${at(node.site) === text.value ? '' : ` @ ${JSON.stringify(at(node.site))}`}`];
}
