import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { MirrorFile } from '../core/settings';
import { containerdMirrors, containerdScope } from './containerdMirrors';
import { containersMirrors } from './containersMirrors';
import { dockerMirrors } from './dockerMirrors';
import type { MirrorRule, MirrorRules } from './mirror';
import { errorCode, readOpened } from './openedFile';

/** Where other programs keep their configuration. */
export interface MirrorPlaces {
  /** `daemon.json`; all that exist are read. */
  readonly docker: readonly string[];
  /** `registries.conf`, of which the first that exists is read, and the folders of further files, the later ones winning. */
  readonly containers: readonly string[];
  readonly containersFolders: readonly string[];
  /** `certs.d`. */
  readonly containerd: string;
}

/** The usual places (docs.docker.com, containers-registries.conf.5, containerd docs/hosts.md). `home` is absolute. */
export function mirrorPlaces(home = homedir(), programData = process.env.ProgramData): MirrorPlaces {
  return {
    docker: [
      join(home, '.docker', 'daemon.json'),
      join(home, '.config', 'docker', 'daemon.json'),
      '/etc/docker/daemon.json',
      ...(programData ? [join(programData, 'docker', 'config', 'daemon.json')] : []),
    ],
    containers: [join(home, '.config/containers/registries.conf'), '/etc/containers/registries.conf'],
    containersFolders: [
      '/etc/containers/registries.conf.d',
      join(home, '.config/containers/registries.conf.d'),
    ],
    containerd: '/etc/containerd/certs.d',
  };
}

/**
 * The mirrors that the chosen programs are configured with, one set of rules for each. Files that are missing are passed
 * over; one that can't be read or understood, and every entry that can't be used, is told to `log`. Never throws.
 */
export function loadMirrorRules(
  files: readonly MirrorFile[],
  log: (message: string) => void,
  places: MirrorPlaces = mirrorPlaces(),
): readonly MirrorRules[] {
  const readers: Readonly<Record<MirrorFile, () => MirrorRules>> = {
    docker: () => fromDocker(places, log),
    containers: () => fromContainers(places, log),
    containerd: () => fromContainerd(places, log),
  };
  return files.map(file => readers[file]());
}

type Log = (message: string) => void;

function fromDocker({ docker }: MirrorPlaces, log: Log): MirrorRules {
  const rules = docker.flatMap(path => understood(path, log, dockerMirrors) ?? []);
  const [first] = rules;
  return first === undefined ? [] : [{ ...first, mirrors: rules.flatMap(({ mirrors }) => mirrors) }];
}

function fromContainers({ containers, containersFolders }: MirrorPlaces, log: Log): MirrorRules {
  const read = (path: string) =>
    understood(path, log, (text, skip) => containersMirrors(text, 'registries.conf', skip));
  const main = containers.find(path => readText(path).kind !== 'nothing');
  const further = containersFolders.flatMap(folder =>
    namesIn(folder, log)
      .filter(name => name.endsWith('.conf'))
      .map(name => join(folder, name)),
  );
  const rules = [...(main === undefined ? [] : [main]), ...further].flatMap(path => read(path) ?? []);
  // A later file replaces what an earlier one says of the same names.
  return [...new Map(rules.map((rule): [string, MirrorRule] => [rule.scope, rule])).values()];
}

function fromContainerd({ containerd }: MirrorPlaces, log: Log): MirrorRules {
  // In this order `host_5000_` comes before `host:5000`, as containerd looks for them.
  const folders = [...namesIn(containerd, log)].reverse();
  return folders.flatMap(
    folder =>
      understood(join(containerd, folder, 'hosts.toml'), log, (text, skip) =>
        containerdMirrors(text, containerdScope(folder), skip),
      ) ?? [],
  );
}

/** What a file says; `undefined` when it is missing, or when the log tells why it is not used. */
function understood<T>(
  path: string,
  log: Log,
  read: (text: string, skip: (why: string) => void) => T | undefined,
): T | undefined {
  const file = readText(path);
  if (file.kind === 'nothing') return undefined;
  if (file.kind === 'refused') return void log(`${path} is not used: ${file.why}`);
  const said = read(file.text, why => log(`${path}: ${why}`));
  if (said === undefined) log(`${path} is not used: it is not written as such a file should be`);
  return said;
}

type ReadText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly why: string };

/** Configuration of this kind is a few kilobytes. */
const maxBytes = 1024 * 1024;
const maxFiles = 1000;

function readText(path: string): ReadText {
  const refused = (why: string): ReadText => ({ kind: 'refused', why });
  const file = readOpened(path, 0, found => {
    if (!found.isFile()) return refused('it is not a file');
    return found.size > maxBytes ? refused('it is too long') : undefined;
  });
  if (file.kind !== 'failed') return file;
  return file.code === 'ENOENT' || file.code === 'ENOTDIR'
    ? { kind: 'nothing' }
    : refused(`it can't be read (${file.code})`);
}

/** The names in a folder in alphabetical order; none when it is missing. */
function namesIn(folder: string, log: Log): readonly string[] {
  try {
    return readdirSync(folder).sort().slice(0, maxFiles);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') log(`${folder} can't be read (${errorCode(error)})`);
    return [];
  }
}
