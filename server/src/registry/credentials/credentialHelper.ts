import { dirname } from 'node:path';
import { isObject, member, parseJson } from '../../core/json';
import type { Stored } from '../credential';
import { plainText } from '../plainText';
import { passwordOrToken } from './authEntry';
import type { HelperQuestion } from './authFile';
import { parseAuthKey } from './authKey';
import { findHelper, type ProgramSearch } from './helperProgram';
import { type ProgramEnd, runProgram } from './runProgram';
import { storedAs } from './storedAs';

/** What a helper says. `wholly` if it can't be had for any registry. */
export type HelperAnswer =
  | Exclude<Stored, { kind: 'failed' }>
  | { readonly kind: 'failed'; readonly why: string; readonly wholly: boolean };

/** Asks a credential helper. Rejects only when `signal` is aborted. */
export type AskHelper = (question: HelperQuestion, signal: AbortSignal) => Promise<HelperAnswer>;

export interface HelperOptions extends ProgramSearch {
  /** How long a helper may take, in milliseconds. */
  readonly milliseconds: number;
}

/**
 * Runs `docker-credential-NAME get` with the registry on its standard input, and reads `{ServerURL, Username, Secret}`
 * (docker/docker-credential-helpers client/client.go). Nothing that it prints is shown or kept but the credential. Docker and
 * containers/image do not look at the answer's `ServerURL`; here one that names another registry is refused, because the
 * credential would be sent to a registry that it was not given for.
 */
export function createAskHelper(options: HelperOptions): AskHelper {
  const { milliseconds } = options;
  return async ({ helper, server, registry }, signal) => {
    if (!/^[A-Za-z0-9_.-]+$/.test(helper)) {
      const why = 'its name may hold only letters, digits, dots, dashes and underscores';
      return failed(`the credential helper "${plainText(helper)}" is not run: ${why}`, true);
    }
    const name = `docker-credential-${helper}`;
    const program = await findHelper(name, options);
    if (program.kind === 'failed') return failed(program.why, true);
    const { file, env } = program;
    // Not in the folder that is open, where the program might look for others.
    const call = { file, env, args: ['get'], input: server, folder: dirname(file), milliseconds, bytes };
    return read(await runProgram(call, signal), `the credential helper ${name}`, registry, milliseconds);
  };
}

const bytes = 64 * 1024;

function read(end: ProgramEnd, name: string, registry: string, milliseconds: number): HelperAnswer {
  switch (end.kind) {
    case 'late':
      return failed(`${name} did not answer within ${milliseconds / 1000} s`, true);
    case 'talkative':
      return failed(`${name} printed more than ${bytes / 1024} KiB`);
    case 'unstartable':
      return failed(`${name} can't be started (${end.code})`, true);
    case 'crashed':
      return failed(`${name} was ended by ${end.signal}`);
    case 'exited':
      if (end.status === 0) return readAnswer(end.output, name, registry);
      if (end.output.includes('credentials not found in native keychain')) return { kind: 'none' };
      return failed(`${name} failed (exit status ${end.status})`);
  }
}

function readAnswer(output: string, name: string, registry: string): HelperAnswer {
  const json = parseJson(output);
  const [server, username, secret] = ['ServerURL', 'Username', 'Secret'].map(key => member(json, key) ?? '');
  if (!isObject(json) || typeof username !== 'string' || typeof secret !== 'string')
    return failed(`${name} gave an answer that is not understood`);
  if (typeof server !== 'string' || (server !== '' && parseAuthKey(server)?.registry !== registry))
    return failed(`${name} answered for another registry`);
  if (username === '' && secret === '') return { kind: 'none' };
  if (username === '' || secret === '') return failed(`${name} gave a user name or a secret alone`);
  return storedAs(passwordOrToken(username, secret), registry);
}

const failed = (why: string, wholly = false): HelperAnswer => ({ kind: 'failed', why, wholly });
