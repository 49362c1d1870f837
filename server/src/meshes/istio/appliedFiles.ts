import type { Command, Manifest } from '../../core/fragment';
import type { InstallPlan } from '../../core/install';
import type { MeshSettings, Open } from '../../core/mesh';
import { textOf } from '../../core/text';
import { cluesOf } from './clues';
import { type FlagTable, parseWords } from './commandFlags';
import { evidenceOf, meshVersionOf } from './evidence';
import { isIstioOperator } from './operator';
import { lastWithOperator } from './operatorInit';
import { type Piece, splitAtCommas } from './piece';
import { appliedToNobodyAt } from './removedCommands';
import { parseVersion } from './version';

/**
 * The plan of a command that hands a file with an IstioOperator to the cluster, where the version has no operator that would
 * wait for it: it installs nothing, and that is what there is to say. The script, the settings or the file tell the version;
 * `undefined` where nothing does. `planInstall` plans what is in the file.
 */
export function appliedPlan(
  command: Command,
  settings: MeshSettings,
  open: Open,
  planInstall: (manifest: Manifest) => InstallPlan | undefined,
): InstallPlan | undefined {
  const files = appliedFiles(command);
  if (files.length === 0) return undefined;
  const told = evidenceOf(cluesOf({ ...command, words: [] }), settings, []);
  if (told !== undefined && told.version.minor <= lastWithOperator) return undefined;
  for (const piece of files) {
    const { uri, fragments } = open(textOf(piece.text), command.directories);
    const operator = (fragments ?? []).find(
      (fragment): fragment is Manifest => fragment.kind === 'manifest' && isIstioOperator(fragment),
    );
    if (operator === undefined) continue;
    const version = told === undefined ? planInstall(operator)?.version : meshVersionOf(told);
    const notice = appliedToNobodyAt(piece.site, version && parseVersion(version.version));
    if (version === undefined || notice === undefined) continue;
    return {
      mesh: 'istio',
      version,
      anchor: command.anchor,
      images: [],
      gaps: [],
      notes: [],
      notices: [notice],
      files: uri === undefined ? [] : [{ site: piece.site, uri }],
      reads: uri === undefined ? [] : [uri],
    };
  }
  return undefined;
}

// kubectl's flags that take a value, as far as they stand beside -f (kubectl pkg/cmd/apply/apply.go, options).
const withValue: ReadonlySet<string> = new Set([
  'as',
  'cluster',
  'context',
  'field-manager',
  'filename',
  'kubeconfig',
  'namespace',
  'output',
  'selector',
  'server',
  'timeout',
  'token',
  'user',
]);

const kubectlFlags: FlagTable = {
  takesValue: name => withValue.has(name),
  longName: letter =>
    new Map([
      ['f', 'filename'],
      ['n', 'namespace'],
      ['o', 'output'],
      ['l', 'selector'],
      ['s', 'server'],
    ]).get(letter) ?? letter,
};

/** The files that kubectl, or `oc`, is to apply, as far as they have a name that is known and are no address. */
function appliedFiles({ words: [executable, ...words] }: Command): readonly Piece[] {
  if (executable === undefined || !/(?:^|[/\\])(?:kubectl|oc)(?:\.exe)?$/.test(textOf(executable.text)))
    return [];
  const { flags, operands } = parseWords(words, kubectlFlags);
  const verb = operands[0] === undefined ? '' : textOf(operands[0].text);
  const isTried = flags.some(
    ({ name, value }) => name === 'dry-run' && (value === undefined || textOf(value.text) !== 'none'),
  );
  if (!/^(?:apply|create|replace)$/.test(verb) || isTried) return [];
  return flags
    .flatMap(({ name, value }) => (name === 'filename' && value !== undefined ? splitAtCommas(value) : []))
    .filter(
      ({ text }) =>
        text.kind === 'literal' && text.value !== '-' && !/^[a-z][a-z0-9+.-]+:\/\//i.test(text.value),
    );
}
