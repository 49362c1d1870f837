import { cp, mkdir, mkdtemp, readFile, rm, watch, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

export const repository = join(import.meta.dirname, '../..');

/**
 * What an editor under test meets: a registry on this machine, the settings of a user who lets it stand for docker.io
 * and ghcr.io, a folder for files, and an environment without that user's own caches and credentials. `close` ends what
 * was handed to `defer`, the last first, and then removes the files. `defer` throws once `stop` is aborted, so that
 * nothing more is started.
 */
export async function makeWorld(stop) {
  const { startRegistry } = await tsImport('../../demo/registry.ts', import.meta.url);
  const registry = await startRegistry();
  const folder = await mkdtemp(join(tmpdir(), 'meshfit-editor-'));
  await mkdir(join(folder, 'docker'));
  await writeFile(join(folder, 'auth.json'), '{}');
  const deferred = [registry.close];
  const closeAll = async () => {
    while (deferred.length > 0) await deferred.pop()();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  let closing = Promise.resolve();
  return {
    folder,
    registry,
    settings: {
      'meshfit.mirrors': { 'docker.io': registry.url, 'ghcr.io': registry.url },
      'meshfit.mirrorFallback': false,
    },
    environment: {
      DOCKER_CONFIG: join(folder, 'docker'),
      // The registry is no proxy and hangs up: what is asked of any other host ends on this machine.
      HTTPS_PROXY: registry.url,
      MESHFIT_CACHE_DIR: join(folder, 'cache'),
      NO_PROXY: '127.0.0.1',
      REGISTRY_AUTH_FILE: join(folder, 'auth.json'),
    },
    defer: close => {
      deferred.push(close);
      stop.throwIfAborted();
    },
    close: () => {
      closing = closing.then(closeAll);
      return closing;
    },
  };
}

/** A folder of its own with the examples in it, for one test to open and edit. */
export async function copyExamples(world, name) {
  const folder = join(world.folder, name, 'istio-install');
  await cp(join(repository, 'examples'), folder, { recursive: true });
  return folder;
}

/**
 * Writes a user's settings into the data folder of a VS Code server. They go to both of its places, because VS Code
 * reads settings of scope `machine` only from the second, all others from the first.
 */
export async function writeServerSettings(serverDataDir, settings) {
  for (const place of ['data/User', 'data/Machine'])
    await writeSettings(join(serverDataDir, place), settings);
}

/**
 * The user's settings of scope `machine`: `current` gives them, `changed` resolves with them once the file was written
 * again, and rejects where that does not happen within `deadline` milliseconds.
 */
export function machineSettings(serverDataDir) {
  const folder = join(serverDataDir, 'data/Machine');
  const current = async () => JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'));
  return {
    current,
    changed: async (fits, deadline) => {
      const events = watch(folder, { signal: AbortSignal.timeout(deadline) });
      for await (const _ of events) {
        const settings = await current().catch(() => undefined);
        if (settings !== undefined && fits(settings)) return settings;
      }
    },
  };
}

export async function writeSettings(folder, settings) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}
