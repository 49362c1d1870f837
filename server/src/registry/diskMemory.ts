import { createHmac, randomBytes } from 'node:crypto';
import { renameSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Known } from '../core/fact';
import { type Answers, formatAnswers, parseAnswers } from './answersFile';
import { withFileLock } from './fileLock';
import type { Memory, Remembered } from './memory';
import { errorCode } from './openedFile';
import { readOwnFile } from './ownFile';
import { replaceFile, sweepBeside } from './replaceFile';

export interface DiskMemoryOptions {
  /** An absolute path. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: (message: string) => void;
  /** How many answers are kept; those that were used longest ago go first. */
  readonly size?: number;
  /** How long answers are collected before they are written, in milliseconds. */
  readonly rest?: number;
}

/** A memory that outlives this process, and is shared with others of the same user. */
export interface DiskMemory extends Memory {
  /** Writes what is not written yet. Never rejects. */
  readonly flush: () => Promise<void>;
}

/**
 * Keeps on disk what registries said of images that they have; that something failed is remembered in this process only.
 * The file is read with the first question, and written some time after an answer, together with what other processes have
 * written meanwhile: for each image the newest answer counts. Whatever is wrong with the file or the disk is said once, and
 * the memory goes on without it.
 */
export function createDiskMemory(options: DiskMemoryOptions): DiskMemory {
  const { file, now, log, size = 2000, rest = 1000 } = options;
  /** What this process has asked for or stored, by its plain key: the one that was used longest ago first. */
  const own = new Map<string, Remembered>();
  let disk: Answers | undefined;
  let stamp: string | undefined;
  let usable = true;
  let changed = false;
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> | undefined;

  const giveUp = (why: string): void => {
    if (usable) log(`answers of registries are not kept on disk: ${why}`);
    usable = false;
  };

  const read = (): Answers => {
    const nothing: Answers = { kind: 'answers', salt: disk?.salt ?? newSalt(), answers: new Map() };
    stamp = stampOf(file);
    const found = readOwnFile(file, 2 * longestFile);
    switch (found.kind) {
      case 'nothing':
        return nothing;
      case 'refused':
        giveUp(`${file} is left alone, because ${found.why}`);
        return nothing;
      case 'text': {
        const parsed = parseAnswers(found.text);
        if (parsed.kind === 'answers') return parsed;
        if (parsed.kind === 'corrupt') setAside();
        else giveUp(`${file} is left alone, because a later version of Meshfit has written it`);
        return nothing;
      }
      case 'too long':
        setAside();
        return nothing;
    }
  };

  /** One broken file is kept, for whoever wants to know what happened to it. */
  const setAside = (): void => {
    try {
      renameSync(file, `${file}.corrupt`);
      log(`${file} can't be read any more; it is now ${file}.corrupt, and registries are asked again`);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') giveUp(`${file} is broken and can't be moved (${errorCode(error)})`);
    }
  };

  const remember = (key: string, remembered: Remembered): void => {
    own.delete(key);
    own.set(key, remembered);
    trim(own, size);
  };

  /** What the file is to hold: what it holds now, with the newer of what this process knows. */
  const merged = ({ kind, salt, answers: there }: Answers): Answers => {
    const answers = new Map(there);
    for (const [key, mine] of own) {
      if (mine.fact.kind === 'unreachable') continue;
      const name = nameOf(key, salt);
      const theirs = answers.get(name);
      answers.delete(name);
      // An answer from the future was stored by a clock that was wrong, and would stay for ever.
      if (theirs !== undefined && theirs.stored > mine.stored && theirs.stored <= now()) {
        own.set(key, theirs);
        answers.set(name, theirs);
      } else if (isKnown(mine)) answers.set(name, { fact: mine.fact, stored: mine.stored });
    }
    trim(answers, size);
    return { kind, salt, answers };
  };

  const write = async (): Promise<void> => {
    if (!changed || !usable) return;
    changed = false;
    try {
      await withFileLock(`${file}.lock`, async () => {
        disk = merged(disk !== undefined && stampOf(file) === stamp ? disk : read());
        if (!usable) return;
        await replaceFile(file, formatAnswers(disk, longestFile));
        stamp = stampOf(file);
        await sweepBeside(file, Date.now());
      });
    } catch (error) {
      giveUp(`${file} can't be written (${errorCode(error)})`);
    }
  };

  /** One after the other; what comes meanwhile is done together afterwards. */
  const enqueue = (job: () => Promise<void>): Promise<void> => {
    const mine = (work ?? Promise.resolve()).then(job).finally(() => {
      if (work === mine) work = undefined;
    });
    work = mine;
    return mine;
  };

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    await enqueue(write);
  };

  return {
    get(key) {
      disk ??= read();
      const found = own.get(key) ?? disk.answers.get(nameOf(key, disk.salt));
      if (found !== undefined) remember(key, found);
      return found;
    },
    set(key, remembered) {
      remember(key, remembered);
      if (!usable || remembered.fact.kind === 'unreachable') return;
      changed = true;
      timer ??= setTimeout(flush, rest).unref();
    },
    clear() {
      disk ??= read();
      own.clear();
      disk = { kind: 'answers', salt: newSalt(), answers: new Map() };
      changed = false;
      if (!usable) return;
      void enqueue(() => rm(file, { force: true }).catch(error => giveUp(`${file}: ${errorCode(error)}`)));
    },
    flush,
  };
}

const longestFile = 2 * 1024 * 1024;

const newSalt = (): string => randomBytes(16).toString('hex');

/** The key names accounts and private repositories, which the file is not to tell. */
const nameOf = (key: string, salt: string): string =>
  createHmac('sha256', salt).update(key).digest('base64url').slice(0, 32);

const isKnown = (remembered: Remembered): remembered is Remembered & { readonly fact: Known } =>
  remembered.fact.kind === 'known';

/** Tells one state of a file from another; every replacement makes a new file. */
function stampOf(path: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return 'not there';
  }
}

function trim(entries: Map<string, unknown>, size: number): void {
  for (const key of entries.keys()) {
    if (entries.size <= size) return;
    entries.delete(key);
  }
}
