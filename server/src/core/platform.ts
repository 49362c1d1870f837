import { windowsRuns } from './windowsVersion';

/** What an image is built for, or what a node is: operating system, architecture and what narrows them. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly osVersion?: string;
  readonly osFeatures?: readonly string[];
}

/** `why` is a clause that can follow "is not a platform:". */
export type ParsedPlatform =
  | { readonly kind: 'platform'; readonly platform: Platform }
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * Reads `os/architecture[/variant]` as containerd does (containerd/platforms platforms.go `Parse`), but never fills in
 * what this machine is: `linux` or `arm64` alone is invalid. A written variant is kept: `linux/arm64/v8`.
 */
export function parsePlatform(text: string): ParsedPlatform {
  const parts = text.split('/', 4);
  const [osPart = '', architecturePart, variantPart] = parts;
  if (text === '') return invalid('it is empty');
  if (text.includes('*')) return invalid('wildcards are not supported');
  if (parts.length > 3)
    return invalid('it has more than three parts; write it like linux/arm64 or linux/arm/v7');
  if (parts.some(part => part === '')) return invalid('one of its parts is empty; write it like linux/arm64');
  const os = parseOs(osPart);
  if (os === undefined || parts.slice(1).some(part => !/^[A-Za-z0-9_.-]+$/.test(part)))
    return invalid('it holds characters that no platform has; write it like linux/arm64');
  if (architecturePart === undefined) return invalid(halfPlatform(os.os));
  const [architecture, normal] = normaliseArchitecture(architecturePart, variantPart ?? '');
  const variant = variantPart === undefined ? normal.replace(armDefault(architecture), '') : normal;
  const shown = variantPart !== undefined && architecture === 'arm64' ? variant || 'v8' : variant;
  return { kind: 'platform', platform: { ...os, architecture, ...(shown && { variant: shown }) } };
}

/** Writes a platform as `parsePlatform` reads it: `linux/arm64`, `windows(10.0.17763)/amd64`. */
export function formatPlatform({ os, architecture, variant, osVersion, osFeatures }: Platform): string {
  const features = [...(osFeatures ?? [])].filter(feature => feature !== '').sort(byBytes);
  const options = encode(osVersion ?? '') + features.map(feature => `+${encode(feature)}`).join('');
  const system = options === '' ? os : `${os}(${options})`;
  return [system, architecture, variant ?? ''].filter(part => part !== '').join('/');
}

/**
 * Whether an image for `candidate` runs natively on a node of platform `target`: the same system, architecture and
 * variant, where `arm64` is `arm64/v8`, `arm` is `arm/v7` and `amd64` is `amd64/v1` (containerd/platforms compare.go
 * `OnlyStrict`). No fall-back to 32-bit code and none to lower variants.
 */
export function runsOn(target: Platform, candidate: Platform): boolean {
  const node = normalisePlatform(target);
  const image = normalisePlatform(candidate);
  return (
    node.os === image.os &&
    node.architecture === image.architecture &&
    node.variant === image.variant &&
    (node.os !== 'windows' || windowsRuns(node.osVersion ?? '', image.osVersion ?? '')) &&
    (image.osFeatures ?? []).every(feature => node.osFeatures?.includes(feature) === true)
  );
}

/** The one form of a platform that has several: lower case, `arm64` for `aarch64` and for `arm64/v8`, `arm/v7` for `arm`. */
export function normalisePlatform(platform: Platform): Platform {
  const [architecture, variant] = normaliseArchitecture(platform.architecture, platform.variant ?? '');
  const { osVersion } = platform;
  const osFeatures = [...new Set(platform.osFeatures)].filter(feature => feature !== '').sort(byBytes);
  return {
    os: normaliseOs(platform.os),
    architecture,
    ...(variant && { variant }),
    ...(osVersion && { osVersion }),
    ...(osFeatures.length > 0 && { osFeatures }),
  };
}

const invalid = (why: string): ParsedPlatform => ({ kind: 'invalid', why });

type OsPart = Pick<Platform, 'os' | 'osVersion' | 'osFeatures'>;

/** `windows(10.0.17763+win32k)`: a system, its version and its features; version and features are percent-encoded. */
function parseOs(text: string): OsPart | undefined {
  const match = /^([A-Za-z0-9_-]+)(?:\(([A-Za-z0-9_.%-]*)((?:\+[A-Za-z0-9_.%-]+)*)\))?$/.exec(text);
  if (match === null) return undefined;
  const [, os = '', version = '', features = ''] = match;
  try {
    const osVersion = decodeURIComponent(version);
    const osFeatures = features.split('+').slice(1).map(decodeURIComponent);
    return {
      os: normaliseOs(os),
      ...(osVersion && { osVersion }),
      ...(osFeatures.length > 0 && { osFeatures }),
    };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const knownSystems =
  /^(aix|android|darwin|dragonfly|freebsd|illumos|ios|linux|netbsd|openbsd|plan9|solaris|windows|zos)$/;

const halfPlatform = (word: string): string =>
  knownSystems.test(word)
    ? `it names no architecture; write it like ${word}/arm64`
    : 'it is only one word; write the operating system and the architecture, like linux/arm64';

function normaliseOs(os: string): string {
  const lower = os.toLowerCase();
  return lower === 'macos' ? 'darwin' : lower;
}

/** containerd/platforms database.go `normalizeArch`. */
function normaliseArchitecture(architecture: string, variant: string): readonly [string, string] {
  const name = architecture.toLowerCase();
  const detail = variant.toLowerCase();
  switch (name) {
    case 'i386':
      return ['386', ''];
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return ['amd64', detail === 'v1' ? '' : detail];
    case 'aarch64':
    case 'arm64':
      return ['arm64', arm64Variants.get(detail) ?? detail];
    case 'armhf':
      return ['arm', 'v7'];
    case 'armel':
      return ['arm', 'v6'];
    case 'arm':
      return ['arm', detail === '' ? 'v7' : detail.replace(/^[5678]$/, 'v$&')];
    default:
      return [name, detail];
  }
}

const arm64Variants = new Map([
  ['8', ''],
  ['v8', ''],
  ['8.0', ''],
  ['v8.0', ''],
  ['9', 'v9'],
  ['9.0', 'v9'],
  ['v9.0', 'v9'],
]);

/** `linux/arm` stays as written, although `arm/v7` is what it means. */
const armDefault = (architecture: string): RegExp => (architecture === 'arm' ? /^v7$/ : /(?!)/);

const encode = (option: string): string =>
  option.replace(/[%+()/]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
