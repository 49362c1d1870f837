import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Environment } from '../environment';

export interface ProgramCall {
  /** The absolute path of the program. */
  readonly file: string;
  readonly args: readonly string[];
  /** What it reads from its standard input. */
  readonly input: string;
  readonly folder: string;
  readonly env: Environment;
  /** How long it may run, with everything that it starts. */
  readonly milliseconds: number;
  /** How much it may print. */
  readonly bytes: number;
}

/** How a program ended, and what it printed to its standard output. */
export type ProgramEnd =
  | { readonly kind: 'exited'; readonly status: number; readonly output: string }
  | { readonly kind: 'crashed'; readonly signal: string }
  /** It was stopped because of one of its limits. */
  | { readonly kind: 'late' | 'talkative' }
  | { readonly kind: 'unstartable'; readonly code: string };

/**
 * Runs a program without a shell. Whoever exceeds a limit is killed with all that it has started (its process group; on Windows
 * its process tree), and so it is when `signal` is aborted, which is the only way in which this rejects.
 */
export function runProgram(call: ProgramCall, signal: AbortSignal): Promise<ProgramEnd> {
  signal.throwIfAborted();
  const child = start(call);
  if ('code' in child) return Promise.resolve({ kind: 'unstartable', code: child.code });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (): void => {
      kill(child, call.env);
      child.stdout.destroy();
      child.stdin.destroy();
    };
    const leave = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      process.removeListener('exit', stop);
    };
    const end = (how: ProgramEnd): void => {
      leave();
      resolve(how);
    };
    const abort = (): void => {
      leave();
      stop();
      reject(signal.reason);
    };
    const exceed = (kind: 'late' | 'talkative'): void => {
      stop();
      end({ kind });
    };
    const timer = setTimeout(exceed, call.milliseconds, 'late');
    signal.addEventListener('abort', abort, { once: true });
    process.once('exit', stop);
    child.once('error', error => end({ kind: 'unstartable', code: codeOf(error) }));
    child.once('close', (status, killedBy) =>
      end(
        status === null
          ? { kind: 'crashed', signal: String(killedBy) }
          : { kind: 'exited', status, output: Buffer.concat(chunks).toString('utf8') },
      ),
    );
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > call.bytes) exceed('talkative');
    });
    // A program that does not want its input has closed the pipe, which is no failure.
    child.stdin.on('error', () => {});
    child.stdin.end(call.input);
  });
}

const isWindows = process.platform === 'win32';

type Started = ChildProcessByStdio<Writable, Readable, null>;

/** Most trouble is told by an event of the process, but not all of it: an odd environment throws. */
function start({ file, args, folder, env }: ProgramCall): Started | { readonly code: string } {
  try {
    return spawn(file, args, {
      cwd: folder,
      env,
      detached: !isWindows,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
  } catch (error) {
    return { code: codeOf(error) };
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

function kill({ pid }: Started, env: ProgramCall['env']): void {
  if (pid === undefined) return;
  if (isWindows) {
    const taskkill = join(env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    spawn(taskkill, ['/pid', String(pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' }).unref();
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // The whole group has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
