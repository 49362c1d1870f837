import type { Command, Surroundings, Word } from '../../core/fragment';
import { type Site, textOf } from '../../core/text';
import { earlierSteps, type Step } from './earlierSteps';
import { versionsInExecutable } from './executable';
import { type Piece, slice } from './piece';
import { parseVersion, type Version } from './version';
import { versionsInDownload, versionsInFolders, wholeVersion } from './versionTexts';

/**
 * What a text that tells the version of istioctl is, the strongest first: the name or the path of the executable, where it
 * was put or where programs are looked for, the folder that the script went to, a download, a variable, and the list of a
 * version manager (`.tool-versions`).
 */
export const clueKinds = ['executable', 'path', 'folder', 'download', 'variable', 'list'] as const;

/** A text that tells the version of istioctl: `piece` is exactly the version, without a leading `v`. */
export interface Clue {
  readonly kind: (typeof clueKinds)[number];
  readonly version: Version;
  readonly piece: Piece;
}

/** What a script tells of its istioctl. */
export interface Clues {
  /** In the order in which the script runs. */
  readonly told: readonly Clue[];
  /** A download of whatever release is the newest on the day it runs. */
  readonly newest?: Site;
}

export const noClues: Clues = { told: [] };

/** What a command, its variables and the commands before it tell of the version of istioctl. */
export function cluesOf(command: Surroundings & Pick<Command, 'words'>): Clues {
  const [executable] = command.words;
  const steps = earlierSteps(command);
  const before = steps.flatMap(step => recognisers.flatMap(({ kind, find }) => found(kind, find(step))));
  const variables = [...command.variables].filter(([name]) => versionVariable.test(name));
  const told = [
    ...before,
    ...found('path', pathClues(command, steps)),
    ...found('download', pipelineClues(command)),
    // A variable that names istioctl tells more than one that names Istio.
    ...[false, true].flatMap(ofIstioctl =>
      variables.flatMap(([name, word]) =>
        /ctl|cli/i.test(name) === ofIstioctl ? found('variable', [wholeVersion(word)]) : [],
      ),
    ),
    ...(executable === undefined ? [] : found('executable', versionsInExecutable(executable))),
  ];
  const newest = newestDownload(command, steps);
  return { told, ...(newest !== undefined && { newest }) };
}

function found(kind: Clue['kind'], pieces: readonly (Piece | undefined)[]): readonly Clue[] {
  return pieces.flatMap(piece => {
    const version = piece && parseVersion(textOf(piece.text).replaceAll(/(?<=^[\d-]*)-(?=\d)/g, '.'));
    // Nothing older than 1.4 has an installer with an IstioOperator.
    return piece === undefined || version === undefined || version.minor < 4 ? [] : { kind, version, piece };
  });
}

/** One way in which scripts tell the version of the istioctl that they get. */
interface Recogniser {
  readonly kind: Clue['kind'];
  readonly find: (step: Step) => readonly (Piece | undefined)[];
}

const recognisers: readonly Recogniser[] = [
  // cd istio-1.14.1
  { kind: 'folder', find: ({ name, words }) => (/^(cd|pushd)$/.test(name) ? inFolders(words) : []) },
  // cp istio-1.14.1/bin/istioctl /usr/local/bin
  { kind: 'path', find: ({ name, words }) => (/^(cp|mv|ln|install)$/.test(name) ? ofBinary(words) : []) },
  // curl -LO …/releases/download/1.14.1/istioctl-1.14.1-linux-amd64.tar.gz, tar xf istio-1.14.1.tar.gz, istioctl@1.14.1
  { kind: 'download', find: ({ words }) => words.flatMap(versionsInDownload) },
  // … | ISTIO_VERSION=1.14.1 sh -
  { kind: 'download', find: ({ settings }) => settings.flatMap(word => assignedVersion(word) ?? []) },
  // asdf install istioctl 1.14.1
  { kind: 'download', find: ({ name, words }) => (isIstio(name) ? [] : afterIstioctl(words)) },
  // gh release download 1.14.1 --repo istio/istio
  { kind: 'download', find: ({ name, words }) => (name === 'gh' ? ofRelease(words) : []) },
  // istioctl 1.14.1 in .tool-versions
  { kind: 'list', find: ({ name, words }) => (isIstio(name) ? words.slice(1, 2).map(wholeVersion) : []) },
];

const inFolders = (words: readonly Word[]): readonly Piece[] => words.flatMap(versionsInFolders);

const ofBinary = (words: readonly Word[]): readonly Piece[] =>
  inFolders(words.filter(({ text }) => /istioctl(\.exe)?$|[/\\]bin[/\\*]*$/.test(textOf(text))));

const isIstio = (name: string): boolean => name === 'istioctl' || name === 'istio';

/** `istioctl 1.14.1`, `istioctl --version 1.14.1`, `istioctl --version=1.14.1`. */
function afterIstioctl(words: readonly Word[]): readonly (Piece | undefined)[] {
  const at = words.findIndex(({ text }) => isIstio(textOf(text)));
  if (at < 0) return [];
  const [first, second] = words.slice(at + 1);
  const flag = first === undefined ? '' : textOf(first.text);
  if (first === undefined || !flag.startsWith('-')) return [first && wholeVersion(first)];
  if (flag === '--version') return [second && wholeVersion(second)];
  return flag.startsWith('--version=') ? [wholeVersion(slice(first, '--version='.length))] : [];
}

const ofRelease = (words: readonly Word[]): readonly (Piece | undefined)[] =>
  words.some(({ text }) => textOf(text).includes('istio/istio')) ? words.map(wholeVersion) : [];

/** Names of variables that hold the version to install, but not `OLD_ISTIO_VERSION` or `ISTIO_MIN_VERSION`. */
const versionVariable =
  /^(default_|target_|new_|e2e_|test_)?istio(_?ctl|_?cli)?_?(release_?)?(ver|version|release)$/i;

function assignedVersion(word: Word): Piece | undefined {
  const raw = textOf(word.text);
  const equals = raw.indexOf('=');
  return versionVariable.test(raw.slice(0, equals)) ? wholeVersion(slice(word, equals + 1)) : undefined;
}

/**
 * What a pipeline is set up with: the image that a step runs in (`istio/istioctl:1.14.1`), or the version that a setup
 * action is given. The names of both have a space, as no variable of a shell has.
 */
const pipelineClues = ({ variables }: Surroundings): readonly (Piece | undefined)[] =>
  [...variables].flatMap(([name, word]): readonly (Piece | undefined)[] => {
    if (name === 'container image') return versionsInDownload(word);
    return /istio.* (?:.*version|.*release)$/i.test(name) ? [wholeVersion(word)] : [];
  });

/** The folder that stands first in PATH; it says nothing where the executable is named by a path. */
function pathClues(
  { words: [executable], variables }: Surroundings & Pick<Command, 'words'>,
  steps: readonly Step[],
): readonly Piece[] {
  if (executable === undefined || /[/\\]/.test(textOf(executable.text))) return [];
  const set = steps.flatMap(({ words }) => words.filter(({ text }) => textOf(text).startsWith('PATH=')));
  const path = variables.get('PATH');
  const [first] = (path === undefined ? undefined : versionsInFolders(path)) ?? [];
  const [last] =
    first === undefined ? [...set].reverse().flatMap(word => versionsInFolders(word)[0] ?? []) : [];
  const told = first ?? last;
  return told === undefined ? [] : [told];
}

// istio.io/downloadIstio is release/downloadIstioCandidate.sh; it takes the newest release unless ISTIO_VERSION is set.
const script =
  /istio\.io\/downloadIstio(ctl)?$|\/downloadIstio(ctl)?Candidate\.sh$|git\.io\/getLatestIstio$/i;

/** The last download that names no version, if no variable tells one to the script that downloads. */
function newestDownload({ variables }: Surroundings, steps: readonly Step[]): Site | undefined {
  const isSet = (word: Word): boolean => textOf(word.text).startsWith('ISTIO_VERSION=');
  const at = steps.findLastIndex(({ words }) => words.some(({ text }) => script.test(textOf(text))));
  const address = steps[at]?.words.find(({ text }) => script.test(textOf(text)));
  const told =
    variables.has('ISTIO_VERSION') ||
    steps.some(({ words, settings }, index) => [...settings, ...(index < at ? words : [])].some(isSet));
  return told ? undefined : address?.site;
}
