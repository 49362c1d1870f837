import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

export const repository = join(import.meta.dirname, '../..');

/**
 * What an editor under test meets: a copy of the examples, a registry on this machine, the settings of a user who lets
 * it stand for docker.io and ghcr.io, and an environment without that user's own caches and credentials. `close` ends
 * and removes it all; the end of this process removes its files.
 */
export async function makeWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'meshfit-editor-'));
  const removeAtExit = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  const { startRegistry } = await tsImport('../../demo/registry.ts', import.meta.url);
  const registry = await startRegistry();
  await mkdir(join(folder, 'docker'));
  await writeFile(join(folder, 'auth.json'), '{}');
  return {
    folder,
    registry,
    settings: { 'meshfit.mirrors': { 'docker.io': registry.url, 'ghcr.io': registry.url } },
    environment: {
      DOCKER_CONFIG: join(folder, 'docker'),
      MESHFIT_CACHE_DIR: join(folder, 'cache'),
      NO_PROXY: '127.0.0.1',
      REGISTRY_AUTH_FILE: join(folder, 'auth.json'),
    },
    close: async () => {
      await registry.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      process.off('exit', removeAtExit);
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

export async function writeSettings(folder, settings) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}
