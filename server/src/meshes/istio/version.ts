/**
 * A version of Istio, `text` as it was told and without a leading `v`. Every rule depends on the minor version alone;
 * `release` tells whether it names one release, as `1.14.1` does and `1.14` does not.
 */
export interface Version {
  readonly text: string;
  readonly minor: number;
  readonly patch: number;
  readonly release: boolean;
}

/** The minor versions 1.`from` to 1.`to`, both included; open where one is absent. */
export interface Range {
  readonly from?: number;
  readonly to?: number;
}

export const within = ({ from = 0, to = Number.POSITIVE_INFINITY }: Range, minor: number): boolean =>
  from <= minor && minor <= to;

/** Stands for all versions that are newer than any that is known. */
export const newestMinor = Number.MAX_SAFE_INTEGER;

/** How a sentence calls istioctl of version 1.`minor`, or of any version where that is not known. */
export const istioctlOf = (minor: number | undefined): string =>
  minor === undefined || minor >= newestMinor ? 'istioctl' : `istioctl 1.${minor}`;

/** Reads a whole version: `1.14.1`, `v1.14.1`, `1.14`, `1.31.0-rc.0`; `undefined` for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?((\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[-+][\w.+-]*)?)$/.exec(text.trim());
  return match?.[1] === undefined ? undefined : versionOf(match[1], match[2], match[3], match[4]);
}

/**
 * The version that an image tag tells: `1.14.1` for `1.14.1-distroless` and `istio-v1.14.1`, `1.16` for
 * `1.16-alpha.0123abc`. Istio has had an installer with an IstioOperator since 1.4; nothing older is taken for one.
 */
export function versionInTag(tag: string): Version | undefined {
  const match =
    /(?:^|[^\d.])((\d{1,4})\.(\d{1,4})\.(\d{1,4})(?:-(?:alpha|beta|rc)\.\d+)?)(?![\d.])/.exec(tag) ??
    /^v?((\d{1,4})\.(\d{1,4}))(?![\d.])/.exec(tag);
  const version = match?.[1] === undefined ? undefined : versionOf(match[1], match[2], match[3], match[4]);
  return version !== undefined && version.minor >= 4 ? version : undefined;
}

function versionOf(
  text: string,
  major: string | undefined,
  minor: string | undefined,
  patch: string | undefined,
): Version | undefined {
  if (major === '0' || minor === undefined) return undefined;
  return {
    text,
    minor: major === '1' ? Number(minor) : newestMinor,
    patch: Number(patch ?? 0),
    release: patch !== undefined,
  };
}
