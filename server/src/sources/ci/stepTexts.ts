import { literalValue, textOf } from '../../core/text';
import type { Traced } from '../../core/traced';
import { type Entry, entryOf, type MapNode } from '../../core/tree';
import { commandKeys, commandTexts } from './commandTexts';
import { isAllText, joinLines, linesOf } from './lines';
import { isForOthers, isInterpreter, isShell, orderOfKey, plainKey } from './scriptKeys';
import type { YamlText } from './yamlText';

/** The scripts of one map, in the order in which they run, and the keys that they are written under. */
export interface StepTexts {
  readonly texts: readonly Traced[];
  readonly keys: ReadonlySet<string>;
}

/**
 * The scripts that stand in a map itself. `parent` is the key that the map is the value of; `defaults` tells the program
 * that scripts are run with where the map does not: those of PowerShell or Python are left out.
 */
export function stepTexts(
  yaml: YamlText,
  map: MapNode,
  parent: string,
  defaults: MapNode | undefined,
): StepTexts {
  const entries = map.entries.filter(entry => isText(entry, parent) && isAllText(entry.value));
  const keys = new Set(entries.map(({ key }) => key));
  const program = programOf(map) ?? (defaults && programOf(defaults));
  if (program !== undefined && !isShell(program)) return { texts: [], keys };
  const scripts = entries
    .filter(entry => !commandKeys.has(plainKey(entry.key)) && programIn(entry) === undefined)
    .sort((a, b) => (orderOfKey(a.key) ?? 0) - (orderOfKey(b.key) ?? 0));
  const linesIn = ({ key, value }: Entry): readonly Traced[] =>
    linesOf(yaml, value, key === 'runcmd' || key === 'bootcmd');
  const together = scripts.filter(({ key }) => oneShell.has(key)).flatMap(linesIn);
  const apart = scripts
    .filter(({ key }) => !oneShell.has(key))
    .flatMap(entry => (entry.key === 'cmds' ? linesIn(entry) : scriptOf(linesIn(entry))));
  const texts = [...scriptOf(together), ...apart];
  // Beside `source`, a command is what the script is run with.
  const commands = scripts.some(({ key }) => key === 'source') ? [] : commandTexts(yaml, map);
  return { texts: [...texts, ...commands].filter(({ raw }) => !isForOthers(raw)), keys };
}

/** The phases of a job that one shell runs, one after the other. */
const oneShell: ReadonlySet<string> = new Set(['before_install', 'install', 'before_script', 'script']);

const scriptOf = (lines: readonly Traced[]): readonly Traced[] =>
  lines.length === 0 ? [] : [joinLines(lines)];

const isText = ({ key }: Entry, parent: string): boolean =>
  orderOfKey(key) !== undefined ||
  commandKeys.has(plainKey(key)) ||
  (parent === 'script' && (key === 'source' || key === 'content'));

/** The program that a map says its scripts are run with. */
function programOf(map: MapNode): string | undefined {
  const type = entryOf(map, 'scriptType')?.value;
  if (type?.kind === 'scalar') return literalValue(type.text);
  return map.entries.map(programIn).find(program => program !== undefined);
}

function programIn({ key, value }: Entry): string | undefined {
  if (key !== 'shell' || value.kind !== 'scalar') return undefined;
  const text = textOf(value.text);
  return isInterpreter(text) ? text : undefined;
}
