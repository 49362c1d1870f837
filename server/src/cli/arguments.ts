import { parseArgs } from 'node:util';
import type { RawSettings, SettingName } from '../core/settings';

/** How `meshfit check` can print; the other commands know the first two. */
const formats = ['text', 'json', 'sarif', 'github', 'junit'] as const;

export type Format = (typeof formats)[number];

/** A command line that was understood. `words` is what follows `--`; `settings` are unchecked. */
export interface Arguments {
  readonly command: 'check' | 'plan' | 'platforms' | 'help' | 'version';
  readonly operands: readonly string[];
  readonly words: readonly string[] | undefined;
  readonly format: Format;
  /** Whether the images behind indexes are read, too. */
  readonly verify: boolean;
  /** Whether what registries have answered earlier runs counts, and is kept for later ones. */
  readonly cache: boolean;
  readonly config: string | undefined;
  readonly settings: RawSettings;
}

export type ParsedArguments =
  | { readonly kind: 'arguments'; readonly arguments: Arguments }
  | { readonly kind: 'bad'; readonly why: string };

/** The flag that stands for each setting, for messages. */
export const flagOf: Readonly<Partial<Record<SettingName, string>>> = {
  platforms: '--platform',
  istioVersion: '--istio-version',
  defaultHub: '--default-hub',
  defaultTag: '--default-tag',
  hubs: '--hub',
  mirrors: '--mirror',
  mirrorFallback: '--no-mirror-fallback',
  mirrorFiles: '--mirror-files',
  allowedHosts: '--allow-host',
  network: '--offline',
};

const options = {
  platform: { type: 'string', multiple: true },
  format: { type: 'string' },
  config: { type: 'string' },
  'istio-version': { type: 'string' },
  'default-hub': { type: 'string' },
  'default-tag': { type: 'string' },
  hub: { type: 'string', multiple: true },
  mirror: { type: 'string', multiple: true },
  'no-mirror-fallback': { type: 'boolean' },
  'mirror-files': { type: 'string', multiple: true },
  'allow-host': { type: 'string', multiple: true },
  offline: { type: 'boolean' },
  verify: { type: 'boolean' },
  'no-cache': { type: 'boolean' },
  version: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const commands = ['check', 'plan', 'platforms', 'help', 'version'] as const;

/** Reads the words after `meshfit`. What can't be used is said in one line that names the word. */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  const end = argv.indexOf('--');
  const words = end < 0 ? undefined : argv.slice(end + 1);
  const { values, operands, mistake } = split(end < 0 ? argv : argv.slice(0, end));
  if (mistake !== undefined) return bad(mistake);
  const asked = values.help === true ? 'help' : values.version === true ? 'version' : operands[0];
  if (asked === undefined) return bad('say what to do: check, plan or platforms');
  const command = commands.find(name => name === asked);
  if (command === undefined) return bad(`unknown command "${asked}"; there are check, plan and platforms`);
  const format = formats.find(name => name === (values.format ?? 'text'));
  if (format === undefined)
    return bad(`--format "${values.format}" is not known; use text, json, sarif, github or junit`);
  if ((command === 'plan' || command === 'platforms') && format !== 'text' && format !== 'json')
    return bad(`--format ${format} is for meshfit check; for meshfit ${command} use text or json`);
  if (words !== undefined && command !== 'plan')
    return bad(`a command line after -- is only for meshfit plan`);
  const verify = values.verify === true;
  if (verify && command === 'plan') return bad('--verify is for meshfit check and meshfit platforms');
  if (verify && values.offline === true) return bad(`--verify asks registries, so it can't be --offline`);
  const unequal = values.mirror?.find(mirror => !/^[^=]+=./.test(mirror));
  if (unequal !== undefined) return bad(`--mirror "${unequal}": write it as REGISTRY=URL`);
  const settings: RawSettings = {
    platforms: values.platform,
    istioVersion: values['istio-version'],
    defaultHub: values['default-hub'],
    defaultTag: values['default-tag'],
    hubs: values.hub,
    mirrors: values.mirror && mirrorsFrom(values.mirror),
    mirrorFallback: values['no-mirror-fallback'] === true ? false : undefined,
    mirrorFiles: values['mirror-files'],
    allowedHosts: values['allow-host'],
    network: values.offline === true ? 'off' : undefined,
  };
  return {
    kind: 'arguments',
    arguments: {
      command,
      operands: operands.slice(1),
      words,
      format,
      verify,
      cache: values['no-cache'] !== true,
      config: values.config,
      settings,
    },
  };
}

/** `REGISTRY=URL`; a registry that is named more than once has several mirrors, in that order. */
function mirrorsFrom(words: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const pairs = words.map(word => word.split(/=(.*)/s, 2));
  const urlsOf = (registry: string) => pairs.flatMap(([name, url = '']) => (name === registry ? [url] : []));
  return Object.fromEntries(pairs.map(([registry = '']) => [registry, urlsOf(registry)]));
}

const bad = (why: string): ParsedArguments => ({ kind: 'bad', why });

/** Separates flags from operands; `mistake` names the first flag that does not exist or lacks its value. */
function split(argv: readonly string[]) {
  const { tokens, values, positionals } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const mistakes = tokens.flatMap(token => {
    if (token.kind !== 'option') return [];
    const option = Object.entries(options).find(([name]) => name === token.name)?.[1];
    if (option === undefined) return [`unknown option ${token.rawName}`];
    if (option.type === 'string' && token.value === undefined) return [`${token.rawName} needs a value`];
    if (option.type === 'boolean' && token.value !== undefined) return [`${token.rawName} takes no value`];
    return [];
  });
  return { values: values as Values, operands: positionals, mistake: mistakes[0] };
}

/** The shape that `options` promise once no token was found to be wrong. */
type Values = {
  readonly [name in keyof typeof options]?: (typeof options)[name]['type'] extends 'boolean'
    ? boolean
    : (typeof options)[name] extends { multiple: true }
      ? readonly string[]
      : string;
};
