import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './openedFile';
import { readOwnFile } from './ownFile';

/**
 * Runs `job` while no other process of this machine runs one for the same `path`, which is made and deleted. A process that
 * was killed keeps nobody waiting, and none waits longer than a second: then `job` runs all the same. So do two jobs whose
 * processes find at the same moment that a third was killed: this keeps work from being lost, but not always. Rejects with
 * the system's error where no such file can be made, or with what `job` rejects with.
 */
export async function withFileLock<T>(path: string, job: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  let mine = false;
  for (let waited = 0; !mine && waited < longestWait; waited += step) {
    mine = await take(path);
    if (mine) break;
    if (await isAbandoned(path)) await rm(path, { force: true });
    else await delay(step);
  }
  try {
    return await job();
  } finally {
    if (mine) await rm(path, { force: true });
  }
}

const step = 10;
const longestWait = 1000;

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Whether whoever made the lock is gone. The number of its process is there a moment after the file itself. */
async function isAbandoned(path: string): Promise<boolean> {
  const found = readOwnFile(path, 100);
  const holder = Number(found.kind === 'text' ? found.text : '');
  const made = await stat(path).catch(() => undefined);
  if (made === undefined) return false;
  const age = Date.now() - made.mtimeMs;
  if (holder > 0 && Number.isSafeInteger(holder) && !isRunning(holder)) return true;
  return age > (holder > 0 ? 10 : 0.1) * longestWait;
}

function isRunning(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
