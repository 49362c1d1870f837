import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { parseAnswers } from '../../server/src/registry/answersFile';

const folder = mkdtempSync(join(tmpdir(), 'meshfit-kill-'));
const writer = join(folder, 'writer.cjs');
const running = new Set<ChildProcess>();

before(async () => {
  // As the program itself is built: a process then starts in a fraction of the time.
  await build({
    entryPoints: ['test/registry/answersWriter.ts'],
    outfile: writer,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
  });
});

after(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts a writer; what it complains of is collected in `said`. */
function write(file: string, said: string[], ...words: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [writer, file, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.stderr?.on('data', data => said.push(String(data)));
  return child;
}

const keptIn = (file: string): number => {
  const parsed = parseAnswers(readFileSync(file, 'utf8'));
  return parsed.kind === 'answers' ? parsed.answers.size : assert.fail(`the file is ${parsed.kind}`);
};

const rounds = 200;

test('two writers killed 200 times at any moment leave no file that cannot be read', {
  timeout: 300_000,
}, async () => {
  const file = join(folder, 'killed', 'answers.json');
  const said: string[] = [];
  const lane = async (name: string): Promise<void> => {
    for (let round = 0; round < rounds / 2; round += 1) {
      const child = write(file, said, `${name}${round}`);
      assert.ok(child.stdout);
      await once(child.stdout, 'data');
      await delay(Math.random() * 20);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      assert.ok(keptIn(file) > round);
    }
  };
  await Promise.all([lane('a'), lane('b')]);
  assert.deepEqual(said, []);
  assert.ok(keptIn(file) >= rounds);
  assert.deepEqual(
    readdirSync(join(folder, 'killed')).filter(name => name.endsWith('.corrupt')),
    [],
  );
});

test('two processes that write at once lose nothing of each other', { timeout: 60_000 }, async () => {
  const file = join(folder, 'both', 'answers.json');
  const said: string[] = [];
  const both = ['a', 'b'].map(name => write(file, said, name, '50'));
  for (const child of both) child.stdout?.resume();
  await Promise.all(both.map(child => once(child, 'exit')));
  assert.deepEqual([keptIn(file), said], [100, []]);
  assert.deepEqual(readdirSync(join(folder, 'both')), ['answers.json']);
});
