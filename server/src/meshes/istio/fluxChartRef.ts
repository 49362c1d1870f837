import { type Manifest, wordOf } from '../../core/fragment';
import { type Site, textOf } from '../../core/text';
import { tracedUnknown } from '../../core/traced';
import { type Node, nodeAt } from '../../core/tree';
import type { Beside } from './besideInFile';
import { chartNamed } from './charts';
import type { NamedChart } from './flux';
import type { Piece } from './piece';
import { pieceAt } from './scalarPiece';

/**
 * The chart that a release of Flux refers to (fluxcd/source-controller api/v1): an OCIRepository, whose address names it and
 * whose `ref` tells the version, or a HelmChart. Where the resource is not in the same file, the names in the release tell
 * the chart, if they do, and its version is not known.
 */
export function fluxChartRef({ root }: Manifest, { manifests }: Beside): NamedChart | undefined {
  const reference = nodeAt(root, ['spec', 'chartRef']);
  const name = pieceAt(reference, ['name']);
  if (name === undefined) return undefined;
  const kind = said(reference, 'kind');
  const called = textOf(name.text);
  const found = manifests.find(
    ({ kindName, root: other }) => kindName === kind && said(other, 'metadata', 'name') === called,
  );
  const advice = `write the version in the ${kind || 'resource'} ${called}`;
  if (found === undefined) {
    const names = [called, said(root, 'spec', 'releaseName'), said(root, 'metadata', 'name')];
    const chart = names.flatMap(one => chartNamed(one) ?? [])[0];
    const why = `the ${kind || 'resource'} ${called} is not in this file`;
    const version = wordOf(tracedUnknown(called, name.site, why));
    return chart && { chart, version, advice, template: undefined };
  }
  const spec = nodeAt(found.root, ['spec']);
  const repository = `${said(spec, 'sourceRef', 'name')} ${called} ${said(root, 'metadata', 'name')}`;
  const chart = chartNamed(said(spec, 'url') || said(spec, 'chart'), repository);
  const version = versionOf(spec);
  return chart && { chart, version: version && seenFrom(version, name.site), advice, template: undefined };
}

/** Of a reference the digest counts most, then the range, then the tag (source-controller OCIRepositoryRef). */
function versionOf(spec: Node | undefined): Piece | undefined {
  const digest = pieceAt(spec, ['ref', 'digest']);
  if (digest !== undefined)
    return wordOf(tracedUnknown(textOf(digest.text), digest.site, 'a digest tells no version'));
  return pieceAt(spec, ['ref', 'semver']) ?? pieceAt(spec, ['ref', 'tag']) ?? pieceAt(spec, ['version']);
}

/** A text of another document: the place that stands for it is the one that refers to it, and it can't be written there. */
function seenFrom({ text }: Piece, site: Site): Piece {
  const raw = textOf(text);
  const why = text.kind === 'dynamic' ? { why: text.why } : {};
  return wordOf({ raw, stretches: [{ length: raw.length, site, exact: false, ...why }] });
}

function said(node: Node | undefined, ...path: readonly string[]): string {
  const piece = pieceAt(node, path);
  return piece === undefined ? '' : textOf(piece.text);
}
