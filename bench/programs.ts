import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunningRegistry } from '../demo/registry';

const run = promisify(execFile);

/** Other programs, run in a home of their own so that no stored account or answer changes what is sent. */
export interface Programs {
  readonly run: (name: string, words: readonly string[]) => Promise<void>;
  readonly hasSkopeo: boolean;
  /** Deletes their home. */
  readonly close: () => void;
}

export async function preparePrograms(): Promise<Programs> {
  const home = mkdtempSync(join(tmpdir(), 'meshfit-bench-'));
  const env = { ...process.env, HOME: home, DOCKER_CONFIG: home, MESHFIT_CACHE_DIR: home };
  const hasSkopeo = await run('skopeo', ['--version']).then(
    () => true,
    () => false,
  );
  return {
    run: async (name, words) => {
      await run(name, words, { env });
    },
    hasSkopeo,
    close: () => rmSync(home, { recursive: true }),
  };
}

/** Our command line, which remembers nothing from one run to the next; exit status 0 without a target platform. */
export const platformsWords = ({ url }: RunningRegistry, images: readonly string[]): readonly string[] => [
  ...['dist/cli.js', 'platforms', ...images, '--no-cache'],
  ...['--mirror', `docker.io=${url}`, '--mirror', `ghcr.io=${url}`],
];

/** An index tells its platforms itself; those of a single manifest are in the config. */
export function skopeoWords({ url }: RunningRegistry, image: string, isSingle: boolean): readonly string[] {
  const what = isSingle ? ['--raw', '--config'] : ['--raw'];
  return ['inspect', ...what, '--tls-verify=false', `docker://${new URL(url).host}/${image}`];
}
