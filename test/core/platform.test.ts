import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { formatPlatform, normalisePlatform, parsePlatform, runsOn } from '../../server/src/core/platform';

const platform = (text: string) => {
  const parsed = parsePlatform(text);
  return parsed.kind === 'platform' ? parsed.platform : assert.fail(`${text}: ${parsed.why}`);
};

const runs = (target: string, candidate: string) => runsOn(platform(target), platform(candidate));

test('arm64 has several names', () => {
  for (const name of [
    'linux/arm64',
    'linux/arm64/v8',
    'Linux/AArch64',
    'linux/arm64/8',
    'linux/arm64/v8.0',
  ]) {
    assert.ok(runs('linux/arm64', name), name);
    assert.ok(runs(name, 'linux/arm64'), name);
  }
});

test('what only might run is not said to run', () => {
  assert.equal(runs('linux/arm64', 'linux/arm/v7'), false);
  assert.equal(runs('linux/arm64', 'linux/arm64/v9'), false);
  assert.equal(runs('linux/amd64', 'linux/386'), false);
  assert.equal(runs('linux/amd64', 'linux/amd64/v2'), false);
  assert.equal(runs('linux/arm64', 'windows/arm64'), false);
});

test('an image that wants a feature runs only where the feature is', () => {
  assert.equal(runs('linux/amd64', 'linux(+gpu)/amd64'), false);
  assert.equal(runs('linux(+gpu+simd)/amd64', 'linux(+gpu)/amd64'), true);
});

test('half a platform says what is missing', () => {
  const why = (text: string) => {
    const parsed = parsePlatform(text);
    return parsed.kind === 'invalid' ? parsed.why : undefined;
  };
  assert.equal(why('linux'), 'it names no architecture; write it like linux/arm64');
  assert.match(why('arm64') ?? '', /write the operating system and the architecture, like linux\/arm64/);
  assert.equal(why('linux/*'), 'wildcards are not supported');
  assert.equal(
    why('linux/arm/v7/x'),
    'it has more than three parts; write it like linux/arm64 or linux/arm/v7',
  );
  assert.equal(
    why('windows(%zz)/amd64'),
    'it holds characters that no platform has; write it like linux/arm64',
  );
});

test('whatever is read is written so that it reads the same', () => {
  const words = fc.constantFrom(
    'linux',
    'windows(10.0.17763)',
    'arm',
    'arm64',
    'v7',
    'v8',
    '8',
    'x86_64',
    '(+a%2Bb)',
  );
  const texts = fc.oneof(
    fc.array(words, { maxLength: 4 }).map(parts => parts.join('/')),
    fc.string(),
  );
  fc.assert(
    fc.property(texts, text => {
      const parsed = parsePlatform(text);
      if (parsed.kind === 'invalid') return assert.notEqual(parsed.why, '');
      assert.deepEqual(
        normalisePlatform(platform(formatPlatform(parsed.platform))),
        normalisePlatform(parsed.platform),
      );
      assert.ok(runsOn(parsed.platform, parsed.platform));
    }),
  );
});
