import { joinTraced, type Traced } from '../../core/traced';
import { entryOf, type MapNode, type Node } from '../../core/tree';
import { execForm } from './execForm';
import { joinLines, linesOf, wordsOf } from './lines';
import { scalarTraced } from './scalarTraced';
import { cutTraced, inFrontOf } from './tracedParts';
import type { YamlText } from './yamlText';

/** The keys that a command, or its words, stand under. */
export const commandKeys: ReadonlySet<string> = new Set(['entrypoint', 'command', 'args', 'argv']);

/**
 * The command of a container, a step or a task: a line of shell, lines of it, or a list of words (Kubernetes' `command` and
 * `args`, Compose's `entrypoint` and `command`, Ansible's `argv`).
 */
export function commandTexts(yaml: YamlText, map: MapNode): readonly Traced[] {
  const value = (key: string): Node | undefined => {
    const entry = map.entries.find(
      ({ key: own }) => own.replace(/^ansible\.(?:builtin|legacy)\./, '') === key,
    );
    return entry?.value.kind === 'map' ? undefined : entry?.value;
  };
  const [entrypoint, command, args] = [value('entrypoint'), value('command'), value('args')];
  const argv = value('argv');
  if (argv?.kind === 'list') return [execForm(wordsOf(yaml, argv))];
  if (command?.kind === 'list' && isLines(yaml, command)) return [joinLines(linesOf(yaml, command, false))];
  const lists = [entrypoint, command, args].filter(node => node !== undefined);
  if (lists.length === 0) return [];
  const [first, ...rest] = lists;
  if (first?.kind === 'scalar') {
    const line = scalarTraced(yaml.text, first);
    const words = rest.flatMap(node => (node.kind === 'list' ? wordsOf(yaml, node) : []));
    // `args` beside a script are those of Ansible's modules, or a text of their own.
    const ownText = rest.flatMap(node => (node.kind === 'scalar' ? [scalarTraced(yaml.text, node)] : []));
    const more = words.flatMap(word => [inFrontOf(word, ' '), execForm([word])]);
    return [joinTraced([line, ...more]), ...ownText];
  }
  const words = lists.flatMap(node =>
    node.kind === 'list'
      ? wordsOf(yaml, node)
      : node.kind === 'scalar'
        ? [scalarTraced(yaml.text, node)]
        : [],
  );
  const program = entrypoint === undefined && command === undefined ? imageProgram(yaml, map) : undefined;
  const all = program === undefined ? words : [program, ...words];
  return all.length === 0 ? [] : [execForm(all)];
}

/** Lines of shell, as Buildkite has them, and no words: a program's name has no blanks. */
function isLines(yaml: YamlText, list: Node): boolean {
  const [first] = list.kind === 'list' ? list.items : [];
  return first?.kind === 'scalar' && /\S\s+\S/.test(scalarTraced(yaml.text, first).raw);
}

/** The `istioctl` of an image `istio/istioctl:1.14.1`, whose entry point that is. */
function imageProgram({ text }: YamlText, map: MapNode): Traced | undefined {
  const image = entryOf(map, 'image')?.value;
  if (image?.kind !== 'scalar') return undefined;
  const name = scalarTraced(text, image);
  const at = name.raw.search(/(?:^|\/)istioctl(?::|@|$)/);
  if (at === -1) return undefined;
  const start = name.raw.indexOf('istioctl', at);
  return cutTraced(name, [start, start + 'istioctl'.length])[1];
}
