import type { Site } from '../../core/text';
import { literal } from '../../core/text';
import type { Node } from '../../core/tree';
import { type Piece, slice } from './piece';
import type { Assigned } from './strvals';

/**
 * Reads `path=JSON` or a JSON object as Helm's `--set-json` does (helm pkg/strvals/parser.go ParseJSON). Every value stands
 * at the place of the whole JSON text. `undefined` where it can't be read.
 */
export function jsonValues(piece: Piece): readonly Assigned[] | undefined {
  if (piece.text.kind === 'dynamic') return undefined;
  const raw = piece.text.value;
  const equals = raw.indexOf('=');
  const isWhole = raw.trimStart().startsWith('{');
  const path = isWhole ? [] : raw.slice(0, equals).split('.');
  if (!isWhole && (equals < 1 || path.some(step => !/^[\w-]+$/.test(step)))) return undefined;
  const json = isWhole ? piece : slice(piece, equals + 1);
  try {
    const value: unknown = JSON.parse(isWhole ? raw : raw.slice(equals + 1));
    const node = nodeOf(value, json.site, 0);
    if (!isWhole) return [{ path, pathSite: slice(piece, 0, equals).site, value: node }];
    if (node.kind !== 'map') return undefined;
    return node.entries.map(entry => ({ path: [entry.key], pathSite: entry.keySite, value: entry.value }));
  } catch {
    // The caller says that it can't be read.
    return undefined;
  }
}

const deepest = 100;

function nodeOf(value: unknown, site: Site, depth: number): Node {
  if (Array.isArray(value) && depth < deepest)
    return { kind: 'list', items: value.map(item => nodeOf(item, site, depth + 1)), site };
  if (typeof value === 'object' && value !== null && depth < deepest) {
    const entries = Object.entries(value).map(([key, inner]) => ({
      key,
      keySite: site,
      value: nodeOf(inner, site, depth + 1),
    }));
    return { kind: 'map', entries, site };
  }
  const type =
    typeof value === 'number'
      ? 'number'
      : typeof value === 'boolean'
        ? 'boolean'
        : value === null
          ? 'null'
          : 'string';
  return { kind: 'scalar', text: literal(String(value)), type, site };
}
