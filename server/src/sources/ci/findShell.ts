import type { Given } from '../../core/fragment';
import { literalValue } from '../../core/text';
import type { Traced } from '../../core/traced';
import { type Entry, entryOf, type MapNode, type Node, type Scalar } from '../../core/tree';
import { mayHoldInstall } from '../interest';
import type { Script } from '../shell/script';
import { composeNodes } from '../yaml/compose';
import { scopeWithin, valueKeys } from './definitions';
import { distinctSessions } from './distinctSessions';
import { fillIn } from './fillIn';
import type { Found } from './found';
import { pipelineOf } from './gitlab';
import { legsOf } from './legs';
import { givenOf } from './matrix';
import { scalarTraced } from './scalarTraced';
import { emptyScope, type Scope, type Values } from './scope';
import { orderOfKey, plainKey } from './scriptKeys';
import { stepTexts } from './stepTexts';
import { toolInputs } from './toolInputs';
import { workingDirectory } from './workingDirectory';
import type { YamlText } from './yamlText';

/**
 * The shell sessions of a chunk of YAML, and the YAML documents in its texts: of CI pipelines, Kubernetes and Compose
 * files, playbooks, and any other file that has shell under the keys of `scriptKeys.ts`. Sessions that do not speak of an
 * install are left out. Sites are counted from the chunk's start. Never throws.
 */
export function findShell(text: string, uri: string): Found {
  const composed = composeNodes(text, uri);
  if (composed.kind === 'unread') return { sessions: [], documents: [] };
  const sessions: OpenSession[] = [];
  const documents = new Map<number, Traced>();
  const speaking = new Map<Scope, boolean>();
  for (const node of composed.nodes) {
    const yaml: YamlText = { text, root: node, hasTemplates: !text.includes('${{'), references: 2000 };
    walkNode({ yaml, sessions, documents, speaking }, pipelineOf(node), start);
  }
  return {
    sessions: distinctSessions(sessions.filter(({ speaksOfInstall }) => speaksOfInstall)),
    documents: [...documents.values()],
  };
}

/** What is gathered during one walk through a document. */
interface Walk {
  readonly yaml: YamlText;
  readonly sessions: OpenSession[];
  /** By where they begin: aliases give the same text again. */
  readonly documents: Map<number, Traced>;
  /** Whether a variable of a scope speaks of an install. */
  readonly speaking: Map<Scope, boolean>;
}

/** A session while its scripts are gathered. */
interface OpenSession {
  readonly scripts: Script[];
  readonly keepsVariables: boolean;
  readonly given: readonly Given[];
  /** What its steps say about the tools that they install; later scripts have them as variables. */
  readonly told: Map<string, Values>;
  speaksOfInstall: boolean;
}

/** Where in the file a node stands. */
interface Place {
  readonly scope: Scope;
  /** The key that it is the value of, also where it is an item of a list there. */
  readonly key: string;
  readonly session?: OpenSession;
  /** The combination of a matrix that it is walked for. */
  readonly given?: readonly Given[];
  /** Whether the session is that of a list of steps. */
  readonly isInSteps: boolean;
  /** Tells the program and the folder that scripts are run with, unless they say otherwise. */
  readonly defaults?: MapNode;
}

const start: Place = { scope: emptyScope, key: '', isInSteps: false };

function walkNode(walk: Walk, node: Node, place: Place): void {
  switch (node.kind) {
    case 'scalar':
      if (place.session !== undefined && orderOfKey(place.key) !== undefined)
        addScript(walk, place.session, scalarTraced(walk.yaml.text, node), place.scope);
      else noteDocument(walk, node);
      return;
    case 'list': {
      const inner = sharesSession(place)
        ? { ...place, session: open(walk, place, false), isInSteps: true }
        : place;
      for (const item of node.items) walkNode(walk, item, inner);
      return;
    }
    case 'map':
      walkMap(walk, node, place);
  }
}

/** Whether the items of a list run in one place, one after the other, and not in the session around it. */
const sharesSession = ({ key, session, isInSteps }: Place): boolean =>
  key === 'steps' ? !isInSteps : session === undefined && sequences.has(key);

/** Lists whose items run one after the other; a list at the top is one of tasks. */
const sequences: ReadonlySet<string> = new Set(
  ['', 'tasks', 'pre_tasks', 'post_tasks', 'handlers', 'block', 'rescue', 'always', 'try', 'catch'].concat([
    'finally',
    'commands',
    'cmds',
    'initContainers',
    'containers',
  ]),
);

function open({ sessions }: Walk, { given = [] }: Place, keepsVariables: boolean): OpenSession {
  const session = { scripts: [], keepsVariables, given, told: new Map(), speaksOfInstall: false };
  sessions.push(session);
  return session;
}

/** A job with a matrix runs once for each combination; within another job's, or in the middle of one, it does not. */
function walkMap(walk: Walk, map: MapNode, place: Place): void {
  const { yaml } = walk;
  const legs = place.session === undefined && place.given === undefined ? legsOf(yaml, map) : [];
  if (legs.length === 0) walkIn(walk, map, place, scopeWithin(yaml, map, place.scope));
  for (const leg of legs) {
    const given = givenOf(yaml, leg, place.scope);
    walkIn(walk, map, { ...place, given }, scopeWithin(yaml, map, place.scope, leg));
  }
}

function walkIn(walk: Walk, map: MapNode, place: Place, scope: Scope): void {
  const { yaml } = walk;
  const defaults = defaultsOf(map) ?? place.defaults;
  for (const [name, values] of toolInputs(yaml, map, scope)) place.session?.told.set(name, values);
  const { texts, keys } = stepTexts(yaml, map, place.key, defaults);
  if (texts.length > 0) {
    const session = place.session ?? open(walk, place, entryOf(map, 'cmds') === undefined);
    const inFolder = workingDirectory(yaml, map, defaults);
    for (const text of texts) addScript(walk, session, inFolder(text), scope);
  }
  const hidden = hiddenInputs(map);
  for (const entry of map.entries) {
    const { key, value } = entry;
    if (keys.has(key) || key === hidden || (value.kind !== 'scalar' && valueKeys.has(key))) continue;
    if (value.kind === 'scalar' && isFile(entry, place.key))
      addScript(walk, open(walk, place, false), scalarTraced(yaml.text, value), scope);
    else walkNode(walk, value, { ...place, scope, key: plainKey(key), ...(defaults && { defaults }) });
  }
}

/** A script with a name of its own: a file in a ConfigMap, a script of package.json. */
const isFile = ({ key }: Entry, parent: string): boolean => /\.(?:ba)?sh$/.test(key) || parent === 'scripts';

/** The key of inputs whose scripts are in another language: JavaScript, PowerShell, Python. */
function hiddenInputs(step: MapNode): string | undefined {
  const named = (key: string, pattern: RegExp): boolean => {
    const value = entryOf(step, key)?.value;
    return value?.kind === 'scalar' && pattern.test(literalValue(value.text)?.slice(0, 200) ?? '');
  };
  if (named('uses', /\/github-script\b/)) return 'with';
  return named('task', /^(?:\w*PowerShell|Python)/i) ? 'inputs' : undefined;
}

/** The `run` of GitHub's `defaults`. */
function defaultsOf(map: MapNode): MapNode | undefined {
  const run = entryOf(entryOf(map, 'defaults')?.value, 'run')?.value;
  return run?.kind === 'map' ? run : undefined;
}

function addScript(walk: Walk, session: OpenSession, written: Traced, scope: Scope): void {
  const { text, variables } = fillIn(written, scope, walk.yaml.hasTemplates);
  session.scripts.push({ text, variables: new Map([...session.told, ...scope.environment, ...variables]) });
  session.speaksOfInstall ||= mayHoldInstall(text.raw) || speaks(walk, scope);
}

function speaks({ speaking }: Walk, scope: Scope): boolean {
  const known = speaking.get(scope);
  if (known !== undefined) return known;
  const does = [...scope.environment].some(
    ([name, values]) => mayHoldInstall(name) || values.some(({ raw }) => mayHoldInstall(raw)),
  );
  speaking.set(scope, does);
  return does;
}

function noteDocument({ yaml: { text }, documents }: Walk, scalar: Scalar): void {
  const { start, end } = scalar.site.span;
  if (end - start < shortestDocument || documents.has(start)) return;
  if (isOperator.test(text.slice(start, end))) documents.set(start, scalarTraced(text, scalar));
}

const shortestDocument = 'kind: IstioOperator'.length;

const isOperator = /(?:^|\n|\\n)[ \t]*["']?kind["']?:[ \t]*["']?IstioOperator/;
