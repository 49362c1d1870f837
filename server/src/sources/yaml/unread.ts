import type { Manifest } from '../../core/fragment';
import type { Site } from '../../core/text';

/**
 * The manifests that a chunk too deep or too long to be read plainly names, one of each kind, so that they are not passed
 * over in silence: the one whose `kind:` begins a line, or for a list and in JSON all that are named anywhere.
 */
export function unreadManifests(chunk: string, uri: string, why: string): readonly Manifest[] {
  const [own] = chunk.matchAll(kindOfDocument);
  const apiVersion = firstApiVersion.exec(chunk)?.[1] ?? '';
  const manifests = new Map<string, Manifest>();
  for (const match of own === undefined || own[1]?.endsWith('List') ? chunk.matchAll(anyKind) : [own]) {
    const [text, kindName = ''] = match;
    const end = match.index + text.length;
    const site: Site = { uri, span: { start: end - kindName.length, end } };
    const root = { kind: 'map', entries: [], site } as const;
    if (!manifests.has(kindName))
      manifests.set(kindName, { kind: 'manifest', apiVersion, kindName, root, anchor: site, unread: why });
  }
  return [...manifests.values()];
}

const kindOfDocument = /^\uFEFF?kind:[ \t]+["']?([A-Za-z]\w*)(?=["'\s]|$)/gm;
const anyKind = /(?:^[ \t-]*kind:[ \t]+["']?|"kind"\s*:\s*")([A-Za-z]\w*)(?=["'\s]|$)/gm;
const firstApiVersion = /(?:^[ \t-]*|")apiVersion"?\s*:\s*["']?([^\s"'#]+)/m;
