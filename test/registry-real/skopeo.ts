import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface SkopeoOptions {
  /** `user:password` for the registry. */
  readonly credentials?: string;
}

/**
 * The platforms of an image as `skopeo` sees them, as `os/architecture[/variant]` in the order of the index. Entries
 * that buildkit marks as attestations are left out; an image that does not say what it is for gives none.
 * `image` is `127.0.0.1:PORT/name:tag`. Rejects with skopeo's own words.
 */
export async function skopeoPlatforms(
  image: string,
  options: SkopeoOptions = {},
): Promise<readonly string[]> {
  const raw = JSON.parse(await inspect('--raw', image, options)) as { readonly manifests?: readonly Entry[] };
  if (raw.manifests !== undefined)
    return raw.manifests
      .filter(entry => entry.annotations?.['vnd.docker.reference.type'] === undefined)
      .flatMap(entry => words(entry.platform));
  return words(JSON.parse(await inspect('--config', image, options)) as PlatformFields);
}

/** The exact bytes of a manifest, as text. */
export const skopeoRaw = (image: string, options: SkopeoOptions = {}): Promise<string> =>
  inspect('--raw', image, options);

interface PlatformFields {
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
}

interface Entry {
  readonly platform?: PlatformFields;
  readonly annotations?: { readonly [name: string]: string };
}

function words(platform: PlatformFields | undefined): readonly string[] {
  const { os = '', architecture = '', variant = '' } = platform ?? {};
  return os === '' || architecture === '' ? [] : [[os, architecture, variant].filter(Boolean).join('/')];
}

async function inspect(what: '--raw' | '--config', image: string, options: SkopeoOptions): Promise<string> {
  const credentials = options.credentials === undefined ? ['--no-creds'] : ['--creds', options.credentials];
  const { stdout } = await promisify(execFile)('skopeo', [
    ...['inspect', what, ...(what === '--config' ? ['--raw'] : []), '--tls-verify=false'],
    ...[...credentials, `docker://${image}`],
  ]);
  return stdout;
}
