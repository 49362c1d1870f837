import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseManifest } from '../../server/src/core/manifest';
import { formatPlatform } from '../../server/src/core/platform';
import { parseConfig } from '../../server/src/core/platformObject';

const oci = 'application/vnd.oci.image';
const digest = `sha256:${'ab'.repeat(32)}`;
const config = { mediaType: `${oci}.config.v1+json`, digest, size: 7 };
const child = (more: object = {}) => ({ mediaType: `${oci}.manifest.v1+json`, digest, size: 7, ...more });
const on = (os: unknown, architecture: unknown, more: object = {}) => ({
  platform: { os, architecture, ...more },
});

/** One line that says how a manifest was understood. */
function read(body: unknown, contentType?: string): string {
  const manifest = parseManifest(typeof body === 'string' ? body : JSON.stringify(body), contentType);
  if (manifest.kind === 'invalid') return manifest.why;
  if (manifest.kind !== 'index') return manifest.kind;
  return manifest.entries
    .map(entry => (entry.platform ? formatPlatform(entry.platform) : '?') + (entry.nested ? ' nested' : ''))
    .join(' ');
}

const index = (manifests: unknown, more: object = {}) => ({
  schemaVersion: 2,
  mediaType: `${oci}.index.v1+json`,
  manifests,
  ...more,
});

test('an index says its platforms in one form', () => {
  const manifests = [child(on('linux', 'amd64')), child(on('Linux', 'aarch64', { variant: 'v8' }))];
  assert.equal(read(index(manifests)), 'linux/amd64 linux/arm64');
  assert.equal(read({ manifests }), 'linux/amd64 linux/arm64');
});

test('what no node pulls is left out', () => {
  const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' };
  const attestation = child({ ...on('unknown', 'unknown'), annotations });
  const others = [
    attestation,
    child({ ...on('linux', 'arm64'), annotations }),
    child({ ...on('linux', 'arm64'), artifactType: 'application/x' }),
    child({ ...on('linux', 'arm64'), mediaType: 'application/x' }),
    child(on('linux', 'arm64 ')),
    child(on('linux', 64)),
    child(on('linux', '\u202earm64')),
    child(on('linux', 'x'.repeat(300))),
  ];
  assert.equal(read(index([child(on('linux', 'amd64')), ...others])), 'linux/amd64');
  assert.equal(read(index([attestation])), 'the index lists only attestations');
  assert.equal(read(index(others.slice(2))), 'the index lists only things that no node can run');
});

test('an entry without a platform is kept, and nothing is guessed', () => {
  const entries = [child(), child({ platform: null }), child({ platform: {} }), child(on('', 'arm64'))];
  assert.equal(read(index(entries)), '? ? ? ?');
  assert.equal(read(index([child({ mediaType: `${oci}.index.v1+json` })])), '? nested');
});

test('a single image points at its config, whatever the content type says', () => {
  assert.equal(read({ schemaVersion: 2, config, layers: [] }, 'text/html'), 'image');
  assert.equal(read({ mediaType: `${oci}.manifest.v1+json`, config, layers: [] }), 'image');
});

test('a manifest that can be read in two ways is refused', () => {
  const both = { config, layers: [], manifests: [child(on('linux', 'arm64'))] };
  assert.equal(read(both), 'the manifest is an index and an image at once');
  const lying = 'the manifest says one media type and holds another';
  assert.equal(read({ mediaType: `${oci}.index.v1+json`, config, layers: [] }), lying);
  assert.equal(read({ mediaType: `${oci}.manifest.v1+json`, manifests: [] }), lying);
});

test('charts, signatures and other artifacts are named', () => {
  const layer = (mediaType: string) => ({ config, layers: [{ mediaType, digest, size: 1 }] });
  const chart = { config: { ...config, mediaType: 'application/vnd.cncf.helm.config.v1+json' }, layers: [] };
  assert.equal(read(chart), 'a Helm chart, not a container image');
  const signature = layer('application/vnd.dev.cosign.simplesigning.v1+json');
  assert.equal(read(signature), 'a signature, not a container image');
  assert.equal(read(layer('application/vnd.in-toto+json')), 'an attestation, not a container image');
  const artifact = 'an artifact of the kind application/x, not a container image';
  assert.equal(read({ config, layers: [], artifactType: 'application/x' }), artifact);
  assert.equal(read({ config: { ...config, mediaType: 'application/x' }, layers: [] }), artifact);
  assert.equal(
    read({ mediaType: 'application/x' }),
    'the manifest is of the kind application/x, not a container image',
  );
  assert.equal(read(index([], { artifactType: 'x/y' })), 'an index of artifacts, not of container images');
});

test('the format of 2016 is told apart', () => {
  assert.equal(read({ schemaVersion: 1, architecture: 'amd64', fsLayers: [] }), 'legacy');
  assert.equal(
    read({}, 'application/vnd.docker.distribution.manifest.v1+prettyjws; charset=utf-8'),
    'legacy',
  );
});

test('broken manifests say what is broken', () => {
  assert.equal(read(index([])), 'the index has no entry');
  assert.equal(read(index('x')), 'the index is broken: "manifests" is no list');
  assert.equal(read(index([{ ...child(), digest: 'sha256:1' }])), 'the index has a broken entry');
  assert.equal(read(index([{ ...child(), size: -1 }])), 'the index has a broken entry');
  assert.equal(read(index(new Array(1001).fill(child()))), 'the index has more than 1000 entries');
  assert.equal(read({ layers: [] }), 'the manifest has no valid config');
  assert.equal(read('[]'), 'the manifest is no JSON object');
  assert.equal(read('{}'), 'the manifest is neither an image nor an index');
  assert.equal(read('<html>'), 'unreadable');
  assert.equal(read('{"manifests":['), 'unreadable');
});

test('a config says its platform or nothing', () => {
  const platform = (text: string) => {
    const answer = parseConfig(text);
    return answer?.kind === 'platform' ? formatPlatform(answer.platform) : answer?.kind;
  };
  assert.equal(platform('{"os":"linux","architecture":"arm64","variant":"v8","rootfs":{}}'), 'linux/arm64');
  assert.equal(platform('{"os":"linux"}'), 'unspecified');
  assert.equal(platform('{"architecture":"","os":""}'), 'unspecified');
  assert.equal(platform('{"__proto__":{"os":"linux","architecture":"amd64"}}'), 'unspecified');
  assert.equal(platform('<html>'), undefined);
});

test('no JSON and no text makes it throw', () => {
  const keys = [
    'mediaType',
    'manifests',
    'layers',
    'config',
    'platform',
    'digest',
    'size',
    '__proto__',
    'os',
  ];
  const { json } = fc.letrec(tie => ({
    leaf: fc.constantFrom(null, 1, -1, '', 'linux', digest, `${oci}.index.v1+json`, true),
    json: fc.oneof(
      { maxDepth: 5 },
      tie('leaf'),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys), tie('json')),
    ),
  }));
  fc.assert(
    fc.property(json, value => void [read(JSON.stringify(value)), parseConfig(JSON.stringify(value))]),
  );
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, type) => void [read(text, type), parseConfig(text)]),
  );
  assert.equal(read('['.repeat(2e6)), 'unreadable');
});
