import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import type { Known } from '../../server/src/core/fact';
import { formatPlatform } from '../../server/src/core/platform';
import { formatAnswers, parseAnswers } from '../../server/src/registry/answersFile';
import { createDiskMemory } from '../../server/src/registry/diskMemory';
import type { Remembered } from '../../server/src/registry/memory';

const posix = process.platform !== 'win32';
const digest = `sha256:${'a'.repeat(64)}`;
const key = 'alice docker.io/secret/pilot:1';

const known = (more: Partial<Known> = {}): Known => ({
  kind: 'known',
  platforms: [{ os: 'linux', architecture: 'arm64' }],
  digest,
  seen: 1e12,
  by: 'docker.io',
  ...more,
});
const answer = (stored = 1e12, more: Partial<Known> = {}): Remembered => ({ fact: known(more), stored });

/** A folder of the test's own, with a file for answers in a folder that does not exist yet. */
function place(t: test.TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'meshfit-answers-'));
  t.after(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'cache', 'answers.json');
  const log: string[] = [];
  const open = (size = 100) =>
    createDiskMemory({ file, now: () => 2e12, log: message => log.push(message), size, rest: 60_000 });
  return { folder, file, log, open, inside: () => readdirSync(join(folder, 'cache')).sort() };
}

/** The same, with a file that is there already. */
function placeWith(t: test.TestContext, text: string) {
  const placed = place(t);
  mkdirSync(join(placed.folder, 'cache'));
  writeFileSync(placed.file, text, { mode: 0o600 });
  return placed;
}

test('what was answered outlives the process, in every detail', async t => {
  const { open, log } = place(t);
  const fact = known({
    platforms: [
      { os: 'linux', architecture: 'arm', variant: 'v7' },
      { os: 'windows', architecture: 'amd64', osVersion: '10.0.17763.1', osFeatures: ['win32k'] },
    ],
    checked: [
      { kind: 'agrees', platform: { os: 'linux', architecture: 'arm', variant: 'v7' }, digest },
      {
        kind: 'contradicts',
        platform: { os: 'linux', architecture: 'arm64' },
        digest,
        actual: { os: 'linux', architecture: 'amd64' },
      },
      { kind: 'unread', platform: { os: 'linux', architecture: 's390x' }, digest, why: 'it is too long' },
    ],
  });
  const first = open();
  first.set(key, { fact, stored: 5 });
  await first.flush();
  const second = open();
  assert.deepEqual(second.get(key), { fact, stored: 5 });
  assert.equal(second.get(key)?.fact, second.get(key)?.fact);
  assert.deepEqual(log, []);
});

test('only the user may read the file and its folder, and neither accounts nor names of images are in it', async t => {
  const { open, file, folder } = place(t);
  const memory = open();
  memory.set(key, answer());
  await memory.flush();
  assert.doesNotMatch(readFileSync(file, 'utf8'), /alice|secret|pilot/);
  const modes = [file, join(folder, 'cache')].map(path => (statSync(path).mode & 0o777).toString(8));
  if (posix) assert.deepEqual(modes, ['600', '700']);
});

test('failures are remembered in the process only, and one takes back what was known', async t => {
  const { open, file } = place(t);
  const memory = open();
  const unreachable: Remembered = { fact: { kind: 'unreachable', why: 'x', retryAt: 3e12 }, stored: 6 };
  memory.set('a', unreachable);
  await memory.flush();
  assert.equal(existsSync(file), false);
  memory.set('b', answer(5));
  await memory.flush();
  memory.set('b', { fact: { kind: 'absent', what: 'tag', why: 'gone' }, stored: 6 });
  await memory.flush();
  assert.deepEqual([memory.get('a'), open().get('b')], [unreachable, undefined]);
});

test('nothing is written that is not asked for, and nothing twice', async t => {
  const { open, file, inside } = place(t);
  const memory = open();
  assert.equal(memory.get(key), undefined);
  await memory.flush();
  assert.equal(existsSync(file), false);
  memory.set(key, answer());
  await memory.flush();
  const { ino } = statSync(file);
  await memory.flush();
  assert.equal(statSync(file).ino, ino);
  assert.deepEqual(inside(), ['answers.json']);
});

test('answers are collected for a moment, and then written on their own', async t => {
  const { file, log } = place(t);
  const memory = createDiskMemory({ file, now: () => 2e12, log: message => log.push(message), rest: 5 });
  const deadline = Date.now() + 5000;
  memory.set(key, answer());
  assert.equal(existsSync(file), false);
  while (!existsSync(file) && Date.now() < deadline) await new Promise(setImmediate);
  assert.equal(existsSync(file), true);
  await memory.flush();
});

test('what other processes have written meanwhile stays, and the newer answer of two counts', async t => {
  const { open } = place(t);
  const [mine, theirs] = [open(), open()];
  mine.get('x');
  theirs.set('theirs', answer(5));
  theirs.set('both', answer(9, { by: 'theirs' }));
  await theirs.flush();
  mine.set('mine', answer(5));
  mine.set('both', answer(7, { by: 'mine' }));
  await mine.flush();
  const third = open();
  const by = (name: string) => {
    const fact = third.get(name)?.fact;
    return fact?.kind === 'known' && fact.by;
  };
  assert.deepEqual(['theirs', 'mine', 'both'].map(by), ['docker.io', 'docker.io', 'theirs']);
});

test('case 45: an answer that a wrong clock has dated to the future gives way', async t => {
  const { open } = place(t);
  const wrong = open();
  wrong.set(key, answer(9e12, { by: 'wrong clock' }));
  await wrong.flush();
  const right = open();
  right.set(key, answer(1e12, { by: 'right clock' }));
  await right.flush();
  assert.deepEqual(open().get(key), answer(1e12, { by: 'right clock' }));
});

test('the answers that were used longest ago go first', async t => {
  const { open } = place(t);
  const memory = open(3);
  for (const name of ['a', 'b', 'c']) memory.set(name, answer());
  await memory.flush();
  const later = open(3);
  later.get('a');
  later.set('d', answer());
  await later.flush();
  const last = open(3);
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].filter(name => last.get(name) !== undefined),
    ['a', 'c', 'd'],
  );
});

test('forgetting empties the disk, too, and what comes afterwards is kept', async t => {
  const { open, file } = place(t);
  const memory = open();
  memory.set('a', answer());
  await memory.flush();
  memory.set('b', answer());
  memory.clear();
  await memory.flush();
  assert.deepEqual([existsSync(file), memory.get('a'), memory.get('b')], [false, undefined, undefined]);
  memory.set('c', answer());
  await memory.flush();
  assert.equal(open().get('c')?.stored, 1e12);
});

const broken = ['', '{', 'null', '[]', '{"version":1}', '{"version":"1","salt":"x"}', '\u0000'.repeat(100)];

for (const text of broken) {
  test(`a file with ${JSON.stringify(text.slice(0, 30))} in it is set aside and said`, async t => {
    const { open, file, log, inside } = placeWith(t, text);
    const memory = open();
    assert.equal(memory.get(key), undefined);
    memory.set(key, answer());
    await memory.flush();
    assert.deepEqual(inside(), ['answers.json', 'answers.json.corrupt']);
    assert.equal(readFileSync(`${file}.corrupt`, 'utf8'), text);
    assert.equal(log.length, 1);
    assert.equal(open().get(key)?.stored, 1e12);
  });
}

test('a file that was cut off anywhere is never fatal', async t => {
  const { open, file, log } = place(t);
  const memory = open();
  for (const name of ['a', 'b']) memory.set(name, answer());
  await memory.flush();
  const text = readFileSync(file, 'utf8');
  for (let length = 0; length < text.length - 1; length += 7) {
    writeFileSync(file, text.slice(0, length));
    assert.equal(open().get('a'), undefined);
  }
  assert.match(log[0] ?? '', /answers\.json can't be read any more; it is now .*answers\.json\.corrupt/);
});

test('a huge file is set aside unread', async t => {
  const { open, inside } = placeWith(t, ' '.repeat(5 * 1024 * 1024));
  assert.equal(open().get(key), undefined);
  assert.deepEqual(inside(), ['answers.json.corrupt']);
});

test('a file of a later version is left alone, and the memory goes on without it', async t => {
  const text = '{"version":2,"answers":"in another way"}';
  const { open, file, log } = placeWith(t, text);
  const memory = open();
  memory.set(key, answer());
  await memory.flush();
  memory.clear();
  memory.set(key, answer());
  await memory.flush();
  assert.equal(memory.get(key)?.stored, 1e12);
  assert.equal(readFileSync(file, 'utf8'), text);
  assert.deepEqual([log.length, /a later version of Meshfit/.test(log[0] ?? '')], [1, true]);
});

test('a file that is a link, that others may write or that is a folder is left alone', async t => {
  const valid = formatAnswers({ salt: '0'.repeat(32), answers: new Map() }, 1e6);
  const setups: readonly (readonly [string, RegExp, (file: string, folder: string) => void])[] = [
    ['link', /it is a link/, (file, folder) => symlinkSync(join(folder, 'elsewhere'), file)],
    ['others', /others may write to it/, file => [writeFileSync(file, valid), chmodSync(file, 0o666)]],
    ['folder', /it is not a file/, file => mkdirSync(file)],
  ];
  for (const [name, why, setUp] of posix ? setups : setups.slice(-1)) {
    const { open, file, folder, log } = place(t);
    mkdirSync(join(folder, 'cache'));
    writeFileSync(join(folder, 'elsewhere'), valid);
    setUp(file, folder);
    const memory = open();
    memory.set(key, answer());
    await memory.flush();
    assert.equal(memory.get(key)?.stored, 1e12, name);
    assert.match(log.join('\n'), why);
    assert.equal(log.length, 1, name);
    assert.equal(readFileSync(join(folder, 'elsewhere'), 'utf8'), valid);
  }
});

test('a pipe in the place of the lock keeps nobody waiting', { skip: !posix, timeout: 10_000 }, async t => {
  const { file, open, inside } = placeWith(t, '');
  execFileSync('mkfifo', [`${file}.lock`]);
  const memory = open();
  memory.set(key, answer());
  await memory.flush();
  assert.deepEqual(inside(), ['answers.json', 'answers.json.corrupt']);
});

test('where nothing can be written, that is said once and everything else goes on', async t => {
  const { folder, log } = place(t);
  writeFileSync(join(folder, 'file'), '');
  const file = join(folder, 'file', 'answers.json');
  const memory = createDiskMemory({ file, now: () => 2e12, log: message => log.push(message) });
  for (const name of ['a', 'b']) {
    memory.set(name, answer());
    await memory.flush();
  }
  assert.deepEqual([memory.get('a')?.stored, memory.get('b')?.stored, log.length], [1e12, 1e12, 1]);
  assert.match(log[0] ?? '', /^answers of registries are not kept on disk: /);
});

test('what a killed process has left is swept up, but not what another one is writing', async t => {
  const { open, file, inside } = placeWith(
    t,
    formatAnswers({ salt: '0'.repeat(32), answers: new Map() }, 1e6),
  );
  for (const name of ['old', 'new']) writeFileSync(`${file}.${name}.tmp`, 'half');
  utimesSync(`${file}.old.tmp`, 1, 1);
  writeFileSync(`${file}.lock`, '999999999');
  const memory = open();
  memory.set(key, answer());
  await memory.flush();
  assert.deepEqual(inside(), ['answers.json', 'answers.json.new.tmp']);
});

const withAnswer = (more: object) =>
  JSON.stringify({
    version: 1,
    salt: '0'.repeat(32),
    answers: [
      {
        key: 'k'.repeat(32),
        stored: 1,
        seen: 1,
        digest,
        by: 'docker.io',
        platforms: [{ os: 'linux', architecture: 'arm64' }],
        ...more,
      },
    ],
  });

const unusable: readonly object[] = [
  { key: '__proto__' },
  { key: 1 },
  { stored: -1 },
  { stored: '1' },
  { seen: 1e308 },
  { seen: 9e15 },
  { stored: 9e15 },
  { digest: 'sha256:xyz' },
  { by: '' },
  { by: ['docker.io'] },
  { platforms: {} },
  { platforms: [{ os: 'linux' }] },
  { platforms: [{ os: 'lin\u001bux', architecture: 'arm64' }] },
  { platforms: [{ os: 'x'.repeat(1000), architecture: 'arm64' }] },
  { platforms: Array.from({ length: 1001 }, () => ({ os: 'linux', architecture: 'arm64' })) },
  { checked: [{ kind: 'agrees' }] },
  { checked: [{ kind: 'toString', platform: { os: 'linux', architecture: 'arm64' }, digest }] },
];

test('an answer on disk that is not as it should be is left out', () => {
  const read = (more: object) => {
    const parsed = parseAnswers(withAnswer(more));
    return parsed.kind === 'answers' ? parsed.answers.size : parsed.kind;
  };
  assert.equal(read({}), 1);
  for (const more of unusable) assert.equal(read(more), 0, JSON.stringify(more).slice(0, 100));
});

test('what is read from disk can be shown: no control or direction characters', () => {
  const parsed = parseAnswers(withAnswer({ by: '\u001b[31mdocker\u202e.io' }));
  assert.ok(parsed.kind === 'answers');
  const [only] = parsed.answers.values();
  assert.equal(only?.fact.by, '[31mdocker .io');
  assert.deepEqual(only?.fact.platforms.map(formatPlatform), ['linux/arm64']);
});

test('any text at all is read without a mistake', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map(json => `{"version":1,"salt":"${'0'.repeat(32)}","answers":[${json}]}`),
  );
  fc.assert(fc.property(anything, text => ['answers', 'later', 'corrupt'].includes(parseAnswers(text).kind)));
});
