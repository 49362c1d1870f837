import type { Fragment, Manifest } from '../../core/fragment';
import type { ReadChunk } from '../../core/source';
import { literal, literalValue, type Site } from '../../core/text';
import { type Entry, entryOf, type MapNode, type Node, type Scalar } from '../../core/tree';
import { mayHoldCommands } from '../ci/mayHoldCommands';
import { type Change, findChange } from './change';
import { mayEmbed } from './embeddedValues';
import { plainType } from './scalarType';

/**
 * The manifests of a chunk that differs from `before` in one simple value: those of before, with the new value and with
 * every place behind it moved. What lies wholly in front of the edit is shared with `before`. `undefined` wherever more
 * than that may have changed, and for chunks that may hold scripts; then the chunk has to be read.
 */
export function reread(before: ReadChunk, chunk: string): readonly Fragment[] | undefined {
  if (mayHoldCommands(before.text) || mayHoldCommands(chunk)) return undefined;
  // Its values may be a text in the text.
  if (mayEmbed(chunk)) return undefined;
  const change = findChange(before.text, chunk);
  const manifests = before.fragments.filter(fragment => fragment.kind === 'manifest');
  const isFit = manifests.every(
    ({ anchor, root, unread }) =>
      unread === undefined &&
      [anchor, entryOf(root, 'apiVersion')?.value.site].every(site => site?.span.start !== change?.start),
  );
  if (change === undefined || manifests.length < before.fragments.length || !isFit) return undefined;
  return moveManifests(manifests, change);
}

/** The manifests after a change; `undefined` where it is only a part of a value, or in none (but in a key, say). */
function moveManifests(manifests: readonly Manifest[], change: Change): readonly Manifest[] | undefined {
  const { start, old, text, isQuoted } = change;
  const end = start + old.length;
  const by = text.length - old.length;
  let isWhole = true;
  let isFound = false;

  const isBefore = ({ span }: Site): boolean => span.end <= start;
  const isBehind = ({ span }: Site): boolean => span.start >= end;
  const moveOffset = (offset: number): number => (offset < end ? offset : offset + by);
  const moveSite = (site: Site): Site =>
    isBefore(site)
      ? site
      : { uri: site.uri, span: { start: moveOffset(site.span.start), end: moveOffset(site.span.end) } };

  const moveScalar = (scalar: Scalar): Scalar => {
    const site = moveSite(scalar.site);
    if (isBehind(scalar.site)) return { ...scalar, site };
    const { span } = scalar.site;
    isWhole &&= span.start === start && span.end === end && literalValue(scalar.text) === old;
    isFound = true;
    const type = isQuoted ? scalar.type : plainType(text);
    return { kind: 'scalar', text: literal(text), type, site };
  };
  const moveEntry = (entry: Entry): Entry => {
    const value = moveNode(entry.value);
    const keySite = moveSite(entry.keySite);
    return value === entry.value && keySite === entry.keySite ? entry : { key: entry.key, keySite, value };
  };
  const moveMap = (map: MapNode): MapNode =>
    isBefore(map.site) ? map : { kind: 'map', entries: map.entries.map(moveEntry), site: moveSite(map.site) };
  const moveNode = (node: Node): Node => {
    if (isBefore(node.site)) return node;
    switch (node.kind) {
      case 'scalar':
        return moveScalar(node);
      case 'map':
        return moveMap(node);
      case 'list':
        return { kind: 'list', items: node.items.map(moveNode), site: moveSite(node.site) };
    }
  };
  const result = manifests.map(manifest => ({
    ...manifest,
    root: moveMap(manifest.root),
    anchor: moveSite(manifest.anchor),
  }));
  return isWhole && isFound ? result : undefined;
}
