import type { Manifest } from '../../core/fragment';
import { placed } from '../../core/place';
import type { Insertion } from '../../core/source';
import { dynamic, type Site } from '../../core/text';
import { siteOfTraced, sliceTraced, type Traced, textOfTraced } from '../../core/traced';
import type { MapNode, Node } from '../../core/tree';
import { insert } from './insert';
import { insertIndented } from './insertIndented';
import { readDocuments, readManifests, readValues } from './manifests';
import { split } from './split';

/**
 * The manifests of a text that was put together from others, such as a here-document with variables: their sites are
 * where the text is written, and a value that holds something unknown is unknown itself.
 */
export const readTracedManifests = (traced: Traced): readonly Manifest[] =>
  manifestsOf(traced).map((manifest, position) => retraced(manifest, traced, position));

/** The values of a chart in such a text. */
export const readTracedValues = (traced: Traced): Manifest =>
  retraced(readValues(traced.raw, inner), traced, 0);

/** Every document of such a text, whatever it is. */
export const readTracedDocuments = (traced: Traced): readonly Manifest[] =>
  readDocuments(traced.raw, inner).map((manifest, position) => retraced(manifest, traced, position));

const inner = 'inner:';

const manifestsOf = ({ raw }: Traced): readonly Manifest[] =>
  split(raw).flatMap(({ start, text }) => placed(readManifests(text, inner), inner, start));

function retraced(manifest: Manifest, traced: Traced, position: number): Manifest {
  const siteIn = ({ span }: Site): Site => siteOfTraced(sliceTraced(traced, span.start, span.end));
  const node = (part: Node): Node => {
    switch (part.kind) {
      case 'scalar': {
        const { start, end } = part.site.span;
        const known = textOfTraced(sliceTraced(traced, start, end));
        const text =
          known.kind === 'dynamic' && part.text.kind === 'literal'
            ? dynamic(part.text.value, known.why)
            : part.text;
        return { ...part, text, site: siteIn(part.site) };
      }
      case 'list':
        return { ...part, items: part.items.map(node), site: siteIn(part.site) };
      case 'map':
        return map(part);
    }
  };
  const map = (part: MapNode): MapNode => ({
    ...part,
    entries: part.entries.map(entry => ({
      ...entry,
      keySite: siteIn(entry.keySite),
      value: node(entry.value),
    })),
    site: siteIn(part.site),
  });
  return {
    ...manifest,
    root: map(manifest.root),
    anchor: siteIn(manifest.anchor),
    within: { traced, position },
  };
}

/** What it takes to write a value into a manifest that was read from a traced text, in the document that holds the text. */
export function insertTraced(
  document: string,
  { within }: Manifest,
  path: readonly string[],
  value: string,
): Insertion | undefined {
  if (within === undefined) return undefined;
  const manifest = manifestsOf(within.traced)[within.position];
  const chunk = within.traced.raw;
  const insertion = manifest && insert(chunk, manifest, path, value);
  if (insertion === undefined) return undefined;
  const { stretches } = sliceTraced(within.traced, insertion.span.start, insertion.span.end);
  const [stretch] = stretches;
  if (stretch === undefined || stretches.length > 1 || !stretch.exact || stretch.site.via !== undefined)
    return undefined;
  return insertIndented(document, within.traced, { span: stretch.site.span, newText: insertion.newText });
}
