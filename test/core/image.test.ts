import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { formatImage, parseImage } from '../../server/src/core/image';
import { familiarImage } from '../support/familiarImage';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const full = (text: string) => {
  const parsed = parseImage(text);
  return parsed.kind === 'image' ? formatImage(parsed.image) : parsed.why;
};

const familiar = (text: string) => {
  const parsed = parseImage(text);
  return parsed.kind === 'image' ? familiarImage(parsed.image) : parsed.why;
};

test('a short name stands for a full one', () => {
  assert.equal(full('istio/pilot:1.14.1'), 'docker.io/istio/pilot:1.14.1');
  assert.equal(full('busybox'), 'docker.io/library/busybox:latest');
  assert.equal(full('index.docker.io/istio/pilot:1'), 'docker.io/istio/pilot:1');
  assert.equal(full('localhost:5000/pilot:1'), 'localhost:5000/pilot:1');
  assert.equal(full('localhost:5000'), 'docker.io/library/localhost:5000');
  assert.equal(full('[::1]:5000/pilot'), '[::1]:5000/pilot:latest');
});

test('a digest decides, the tag beside it does not', () => {
  assert.equal(full(`istio/pilot:1.14.1@${digest}`), `docker.io/istio/pilot@${digest}`);
  assert.equal(familiar(`docker.io/istio/pilot:1.14.1@${digest}`), `istio/pilot:1.14.1@${digest}`);
});

test('people are shown the short name', () => {
  assert.equal(familiar('docker.io/library/busybox'), 'busybox');
  assert.equal(familiar('docker.io/library/a/b:1'), 'library/a/b:1');
  assert.equal(familiar('gcr.io/istio-release/pilot:1.14.1'), 'gcr.io/istio-release/pilot:1.14.1');
});

const reasons: readonly (readonly [string, string])[] = [
  ['', 'it is empty'],
  ['https://gcr.io/istio/pilot', 'https:// does not belong in an image name'],
  ['istio/pilot:{{ .Values.tag }}', 'it holds a placeholder that is not filled in'],
  ['istio/pilot:$TAG', 'it holds a placeholder that is not filled in'],
  ['istio/pilot: 1.14', 'it holds a space or a line break'],
  ['istio/pilot:1.14+build', '"+" can\'t be part of an image name'],
  ['ex\u0430mple.com/istio/pilot', "the character U+0430 can't be part of an image name"],
  ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'it is an image ID, not a name'],
  ['docker.io/Istio/pilot', 'a repository has no upper-case letters'],
  ['user@host.example/pilot', 'a user name does not belong before the registry'],
  ['host:/pilot', 'the port after the registry is missing'],
  ['host:http/pilot', 'the registry\'s port "http" is not a number'],
  ['exa_mple.com/pilot', '"exa_mple.com" is not a registry\'s host name'],
  ['docker.io/', 'the repository is missing'],
  ['istio//pilot', 'two slashes follow each other, or one stands at the end or the start'],
  ['istio/pilot:', 'the tag after ":" is missing'],
  ['istio/pilot:.1', "a tag can't start with a dot"],
  ['istio/pilot:-1', "a tag can't start with a dash"],
  ['istio/pilot:1:2', '":" can\'t be part of a tag'],
  [`istio/pilot:${'a'.repeat(129)}`, 'the tag is longer than 128 characters'],
  [`example.com/${'a'.repeat(256)}`, 'the repository is longer than 255 characters'],
  ['istio/pilot@1.14', 'a digest reads sha256: and 64 hexadecimal digits'],
  ['istio/pilot@md5:d41d8cd98f00b204e9800998ecf8427e', '"md5" is not a known kind of digest'],
  ['istio/pilot@sha256:abc', 'a sha256 digest has 64 digits, this one has 3'],
  [`istio/pilot@sha256:${'A'.repeat(64)}`, 'a digest is written in the digits 0-9 and lower-case a-f'],
];

for (const [text, why] of reasons) {
  test(`why ${JSON.stringify(text.slice(0, 50))} is no image name`, () => {
    assert.deepEqual(parseImage(text), { kind: 'invalid', why });
  });
}

test('a full name reads as itself', () => {
  const names = fc.stringMatching(
    /^([a-z0-9]+([.-][a-z0-9]+)*:?[0-9]*\/)?[a-z0-9_./-]{0,40}(:[\w.-]{0,130})?$/,
  );
  fc.assert(
    fc.property(fc.oneof(names, fc.string()), text => {
      const parsed = parseImage(text);
      if (parsed.kind === 'invalid') return parsed.why !== '';
      const again = parseImage(formatImage(parsed.image));
      return again.kind === 'image' && formatImage(again.image) === formatImage(parsed.image);
    }),
  );
});

test('a hostile megabyte is answered at once', () => {
  for (const text of [
    'a'.repeat(1e6),
    'a-'.repeat(5e5),
    'a.'.repeat(5e5),
    'a/'.repeat(5e5),
    '-'.repeat(1e6),
  ]) {
    const start = performance.now();
    for (const suffix of ['', '!', '/a_', '/x:_'.repeat(2)]) parseImage(text + suffix);
    assert.ok(performance.now() - start < 1000, text.slice(0, 4));
  }
});
