import type { ImageDescription } from '../../demo/content';
import type { Upload } from '../../demo/images';
import { uploads } from '../../demo/images';

/** Pushes images to the registry at `host` (OCI distribution-spec, "Pushing"); rejects when it refuses one. */
export async function seed(host: string, images: readonly ImageDescription[]): Promise<void> {
  for (const upload of uploads(images)) await push(host, upload);
}

/** Deletes a manifest, and nothing else: what refers to it stays (OCI distribution-spec, "Deleting Manifests"). */
export async function remove(host: string, repository: string, digest: string): Promise<void> {
  const url = `http://${host}/v2/${repository}/manifests/${digest}`;
  const answer = await fetch(url, { method: 'DELETE' });
  if (answer.status !== 202) throw new Error(`DELETE ${url}: ${answer.status} ${await answer.text()}`);
}

async function push(host: string, { kind, repository, reference, content }: Upload): Promise<void> {
  const base = `http://${host}/v2/${repository}`;
  const url =
    kind === 'manifest'
      ? `${base}/manifests/${reference}`
      : await uploadUrl(`${base}/blobs/uploads/`, reference);
  const type = kind === 'manifest' ? content.mediaType : 'application/octet-stream';
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { 'Content-Type': type },
    body: new Uint8Array(content.bytes),
  });
  const words = await answer.text();
  if (answer.status !== 201) throw new Error(`PUT ${url}: ${answer.status} ${words}`);
  const digest = answer.headers.get('docker-content-digest');
  if (digest !== content.digest) throw new Error(`PUT ${url}: stored as ${digest}, not ${content.digest}`);
}

/** Where to put a blob: the place that the registry gives for it, with the digest added. */
async function uploadUrl(url: string, digest: string): Promise<string> {
  const answer = await fetch(url, { method: 'POST' });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`);
  const place = new URL(location, url);
  place.searchParams.set('digest', digest);
  return place.href;
}
