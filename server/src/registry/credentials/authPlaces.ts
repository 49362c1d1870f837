import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Environment } from '../environment';

/** Where the user may keep credentials. */
export interface AuthPlace {
  /** The absolute path of a file, or the name of the variable that holds the text. */
  readonly name: string;
  /** `docker` knows `credsStore`, `containers` is Podman's, and `dockercfg` is the inside of `auths` alone. */
  readonly format: 'docker' | 'containers' | 'dockercfg';
  /** The text itself, where it is not in a file. */
  readonly text?: string;
}

/**
 * The user's own files in the order in which they are asked, which is that of containers/image
 * (pkg/docker/config/config.go `getAuthFilePaths`): Podman's come first, `$REGISTRY_AUTH_FILE` stands for all of them, and
 * Docker's follow. Docker's own `$DOCKER_AUTH_CONFIG` comes before its file (docker/cli cli/config/configfile/file.go). Only the
 * environment and the home folder decide; a variable with a relative path would depend on the folder that is open, so it is
 * told to `refuse` and its file is not read.
 */
export function authPlaces(
  env: Environment,
  refuse: (why: string) => void,
  platform: NodeJS.Platform = process.platform,
): readonly AuthPlace[] {
  const home = (platform === 'win32' ? env.USERPROFILE : env.HOME) || homedir();
  const named = (variable: string, path: string, rest = ''): readonly string[] => {
    if (isAbsolute(path)) return [join(path, rest)];
    refuse(`${variable} is not used: it is the relative path "${path}", and only an absolute one is safe`);
    return [];
  };
  const inHome = (...path: readonly string[]) => (isAbsolute(home) ? [join(home, ...path)] : []);
  const absolute = (path: string | undefined) => (path && isAbsolute(path) ? path : undefined);

  const runtime = absolute(env.XDG_RUNTIME_DIR) ?? `/run/containers/${process.getuid?.() ?? 0}`;
  const config = absolute(env.XDG_CONFIG_HOME);
  const podman = [
    ...(platform === 'linux'
      ? [join(runtime, absolute(env.XDG_RUNTIME_DIR) ? 'containers' : '', 'auth.json')]
      : inHome('.config', 'containers', 'auth.json')),
    ...(config === undefined
      ? inHome('.config', 'containers', 'auth.json')
      : [join(config, 'containers', 'auth.json')]),
  ];
  const containers = env.REGISTRY_AUTH_FILE ? named('REGISTRY_AUTH_FILE', env.REGISTRY_AUTH_FILE) : podman;
  const docker = env.DOCKER_CONFIG
    ? named('DOCKER_CONFIG', env.DOCKER_CONFIG, 'config.json')
    : inHome('.docker', 'config.json');
  const text = env.DOCKER_AUTH_CONFIG;
  return [
    ...[...new Set(containers)].map(name => ({ name, format: 'containers' as const })),
    ...(text ? [{ name: 'DOCKER_AUTH_CONFIG', format: 'docker' as const, text }] : []),
    ...docker.map(name => ({ name, format: 'docker' as const })),
    ...inHome('.dockercfg').map(name => ({ name, format: 'dockercfg' as const })),
  ];
}
