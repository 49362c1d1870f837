import type { MeshVersion, Origin, Setting } from '../../core/install';
import type { MeshSettings } from '../../core/mesh';
import { type Site, sameSite, textOf } from '../../core/text';
import { type Clue, type Clues, clueKinds } from './clues';
import { parseVersion, type Version, versionInTag } from './version';

/** The version of istioctl, what told it, and who says otherwise. */
export interface Evidence {
  readonly version: Version;
  readonly origin: Origin;
  /** Every place where this very version of the binary is written out, the one that decides first. */
  readonly told: readonly Site[];
  readonly otherwise: MeshVersion['otherwise'];
}

/**
 * What tells the version of istioctl: the script itself, else the user's setting, which stands for what no text tells,
 * else one of the `tags` that the user wrote, for people install the version that their istioctl is of.
 */
export const evidenceOf = (
  clues: Clues,
  settings: MeshSettings,
  tags: readonly Setting[],
): Evidence | undefined => fromClues(clues) ?? fromSetting(settings) ?? fromTags(tags);

export const meshVersionOf = ({ version, origin, otherwise }: Evidence): MeshVersion => ({
  version: version.text,
  origin,
  otherwise,
});

/** Of the strongest kind the last one; one that leaves the patch open lets a weaker one complete it. */
function fromClues(clues: Clues): Evidence | undefined {
  const { told } = clues;
  const [first] = clueKinds.flatMap(kind => told.findLast(clue => clue.kind === kind) ?? []);
  if (first === undefined) return undefined;
  const decider =
    told.findLast(clue => !first.version.release && clue.version.release && agree(clue, first)) ?? first;
  const { version } = decider;
  const same = told.filter(clue => clue.version.text === version.text);
  const exact = clueKinds.flatMap(kind => same.filter(clue => clue.kind === kind)).filter(isExact);
  const places = distinctPlaces((isExact(decider) ? [decider, ...exact] : exact).map(placeOf));
  return {
    version,
    origin: { kind: 'written', site: (places[0] ?? placeOf(decider)).site },
    told: places.map(({ site }) => site),
    otherwise: contradictions(decider, clues),
  };
}

const placeOf = ({ piece: { site } }: Clue): { readonly site: Site } => ({ site });

/** Whether its place holds the version and nothing else, so that another can be written there; `$PWD` is no such place. */
const isExact = ({ piece: { site, text, traced } }: Clue): boolean =>
  traced.stretches.every(({ exact }) => exact) && site.span.end - site.span.start === textOf(text).length;

const agree = (a: Clue, b: Clue): boolean => {
  const [short, long] = [a.version.text, b.version.text].sort((x, y) => x.length - y.length);
  return short === long || (long?.startsWith(`${short}.`) ?? false);
};

const isPlace = ({ kind }: Clue): boolean => kind === 'executable' || kind === 'path' || kind === 'folder';

/**
 * The places that tell another version. Where the binary that runs is named by its place, and that very version is
 * downloaded, the others are there for something else, such as the step before an upgrade.
 */
function contradictions(decider: Clue, { told, newest }: Clues): MeshVersion['otherwise'] {
  const byPlace = isPlace(decider);
  if (byPlace && told.some(clue => clue.kind === 'download' && agree(clue, decider))) return [];
  const against = told.filter(
    clue => !agree(clue, decider) && !isPlace(clue) && !(byPlace && clue.kind === 'list'),
  );
  return distinctPlaces([
    ...against.map(({ version, piece }) => ({ version: version.text, site: piece.site })),
    ...(newest === undefined ? [] : [{ version: 'the newest release', site: newest }]),
  ]);
}

const distinctPlaces = <T extends { readonly site: Site }>(items: readonly T[]): readonly T[] =>
  items.filter(({ site }, index) => items.findIndex(other => sameSite(other.site, site)) === index);

function fromSetting({ istioVersion }: MeshSettings): Evidence | undefined {
  const version = istioVersion === undefined ? undefined : parseVersion(istioVersion);
  return version && { version, origin: { kind: 'default', because: 'setting' }, told: [], otherwise: [] };
}

function fromTags(tags: readonly Setting[]): Evidence | undefined {
  for (const { value, origin } of tags) {
    const version = value.kind === 'literal' ? versionInTag(value.value) : undefined;
    if (version !== undefined) return { version, origin, told: [], otherwise: [] };
  }
  return undefined;
}
