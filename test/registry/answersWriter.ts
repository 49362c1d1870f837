// Writes answers to the file that it is given, as fast as it can; a number ends it after so many. Every letter on standard
// output stands for an answer that is on disk.
import { createDiskMemory } from '../../server/src/registry/diskMemory';

const [file = '', name = '', count = 'Infinity'] = process.argv.slice(2);

async function main(): Promise<void> {
  const log = (message: string): void => void process.stderr.write(`${message}\n`);
  const memory = createDiskMemory({ file, now: Date.now, log });
  const digest = `sha256:${'a'.repeat(64)}`;
  const platforms = ['amd64', 'arm64', 's390x'].map(architecture => ({ os: 'linux', architecture }));
  for (let number = 0; number < Number(count); number += 1) {
    const now = Date.now();
    memory.set(`${name} ${number}`, {
      fact: { kind: 'known', platforms, digest, seen: now, by: 'docker.io' },
      stored: now,
    });
    await memory.flush();
    process.stdout.write('.');
  }
}

void main();
