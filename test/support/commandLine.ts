import { run } from '../../server/src/cli/run';
import { noCredentials } from '../../server/src/registry/credential';
import { createRegistry } from '../../server/src/registry/index';

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, in `directory`, without any credentials of the user. */
export async function meshfit(words: readonly string[], directory = process.cwd()): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const status = await run(words, {
    stdout: text => {
      stdout += text;
    },
    stderr: text => {
      stderr += text;
    },
    directory,
    colours: false,
    facts: settings =>
      createRegistry({ settings: { ...settings, mirrorFallback: false }, credentials: noCredentials }),
  });
  return { status, stdout, stderr };
}
