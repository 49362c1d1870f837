import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './openedFile';

/**
 * Replaces a file's text in one step, so that whoever reads it sees the old or the new text and never a half, whenever this
 * process ends. Only the user may read the result; a folder that is missing is made for the user alone. A link at `path` is
 * replaced and not followed. Rejects with the system's error.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(8).toString('hex')}${suffix}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      // Else a power cut could leave the new name on a file that is still empty.
      await file.datasync();
    } finally {
      await file.close();
    }
    await renameOver(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Deletes what processes have left beside `path` that were ended in the middle of `replaceFile`. */
export async function sweepBeside(path: string, now: number): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(path)}.`) || !name.endsWith(suffix)) continue;
    const left = join(folder, name);
    const { mtimeMs } = await stat(left).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > longestWrite) await rm(left, { force: true });
  }
}

const suffix = '.tmp';
const longestWrite = 60_000;

/** On Windows a file that somebody is reading can't be replaced; that takes a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await rename(from, to);
    } catch (error) {
      const held = process.platform === 'win32' && /^(?:EPERM|EACCES|EBUSY)$/.test(errorCode(error));
      if (!held || tries === 10) throw error;
      await delay(20);
    }
  }
}
