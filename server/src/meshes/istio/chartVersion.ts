import { textOf } from '../../core/text';
import type { Evidence } from './evidence';
import { type Piece, slice } from './piece';
import { parseVersion, type Version } from './version';

/** The version of a chart as it is asked for: what it tells, and as a clause why that is not one release. */
export interface ChartVersion {
  readonly evidence: Evidence | undefined;
  readonly open: string | undefined;
}

/**
 * Reads what stands for the version of a chart, a release or a range (github.com/Masterminds/semver: `1.21`, `1.21.x` and
 * `~1.21.0` leave the patch open).
 */
export function readChartVersion(piece: Piece): ChartVersion {
  const { text } = piece;
  if (text.kind === 'dynamic')
    return { evidence: undefined, open: `its version ${text.raw} is not known: ${text.why}` };
  const [, lead = '', own = ''] = /^(\s*=?\s*v?)(\d+\.\d+\.\d+(?:-[\w.]+)?)\s*$/.exec(text.value) ?? [];
  const exact = own === '' ? undefined : parseVersion(own);
  if (exact !== undefined) {
    const place = slice(piece, lead.length, lead.length + own.length);
    return { evidence: toldAt(place, exact), open: undefined };
  }
  const range = /^\s*[~=]?\s*v?(\d+\.\d+)(?:\.(?:\d+|[xX*])|-latest)?\s*$/.exec(text.value)?.[1];
  const minor = range === undefined ? undefined : parseVersion(range);
  return {
    evidence: minor && {
      version: minor,
      origin: { kind: 'written', site: piece.site },
      told: [],
      otherwise: [],
    },
    open: `its version ${text.value} stands for the newest release that it allows`,
  };
}

/** The place can be overwritten where it holds the version and nothing else. */
function toldAt({ site, traced, text }: Piece, version: Version): Evidence {
  const isExact =
    traced.stretches.every(({ exact }) => exact) && site.span.end - site.span.start === textOf(text).length;
  return { version, origin: { kind: 'written', site }, told: isExact ? [site] : [], otherwise: [] };
}
