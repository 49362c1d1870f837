import {
  type Command,
  type Fragment,
  type Manifest,
  type Word,
  wordOf,
} from '../../../server/src/core/fragment';
import type { ImageUse, InstallPlan } from '../../../server/src/core/install';
import type { MeshSettings, Open } from '../../../server/src/core/mesh';
import { dynamic, literal, type Text } from '../../../server/src/core/text';
import { joinTraced, tracedAt, tracedUnknown, usedAt } from '../../../server/src/core/traced';
import { istio } from '../../../server/src/meshes/istio/index';
import { readDocuments, readValues } from '../../../server/src/sources/yaml/manifests';
import { yaml } from '../../../server/src/sources/yaml/yaml';

const place = 'file:///folder/';

/** A literal text, or a dynamic one where it holds a variable or a template. */
export const textOf = (value: string): Text =>
  /\$|\{\{/.test(value) ? dynamic(value, 'it is filled in later') : literal(value);

/** The first document of a YAML text as a fragment. */
export function manifest(text: string, uri = `${place}iop.yaml`): Manifest {
  const [fragment] = fragments(text, uri);
  if (fragment?.kind !== 'manifest') throw new Error('this is no manifest');
  return fragment;
}

const fragments = (text: string, uri: string): readonly Fragment[] =>
  yaml.split(text).flatMap(chunk => yaml.read(chunk.text, uri, nothingToRead));

/** An IstioOperator with this spec, in YAML. */
export const operator = (spec: string): Manifest => manifest(operatorText(spec));

export const operatorText = (spec: string): string =>
  `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n${indented(spec)}\n`;

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');

type Variables = ReadonlyMap<string, Word>;

/** A word in which templates and all variables but these are not known. */
function wordAt(raw: string, start: number, variables: Variables = new Map()): Word {
  const parts = [...raw.matchAll(/\$\{[^}]*\}|\$\w+|\{\{.*?\}\}|[^${]+|./g)].map(({ 0: part, index }) => {
    const from = start + index;
    const site = { uri: script, span: { start: from, end: from + part.length } };
    const value = variables.get(/^\$\{?(\w+)\}?$/.exec(part)?.[1] ?? '');
    if (value !== undefined) return usedAt(value.traced, site);
    return /^(?:\$.|\{\{)/.test(part)
      ? tracedUnknown(part, site, 'it is filled in later')
      : tracedAt(part, site);
  });
  return wordOf(joinTraced(parts));
}

const script = `${place}install.sh`;

const nothingToRead = (reference: string) => ({ uri: reference, text: undefined });

const wordsAt = (line: string, start: number, variables?: Variables): readonly Word[] =>
  [...line.matchAll(/\S+/g)].map(({ 0: word, index }) => wordAt(word, start + index, variables));

/** A command of words between spaces; their sites are offsets in the line. */
export const command = (line: string): Command => scripted(line);

/**
 * The last line of a script as a command; sites are offsets in the script. The lines before it set variables
 * (`NAME=value`) or are commands that ran; a bar stands between the commands of a pipe. `written` are the files that the
 * script writes, as YAML, and `undefined` for one whose text nobody knows.
 */
export function scripted(text: string, written: Readonly<Record<string, string | undefined>> = {}): Command {
  const variables = new Map<string, Word>();
  const steps: (readonly Word[])[] = [];
  let start = 0;
  let pipe: readonly (readonly Word[])[] = [];
  for (const line of text.split('\n')) {
    let at = start;
    pipe = line.split(' | ').map(part => {
      const words = wordsAt(part, at, variables);
      at += part.length + ' | '.length;
      return words;
    });
    const name = /^(\w+)=\S*$/.exec(line)?.[1];
    if (name !== undefined)
      variables.set(name, wordAt(line.slice(name.length + 1), start + name.length + 1, variables));
    else if (start + line.length < text.length) steps.push(...pipe);
    start += line.length + 1;
  }
  const [words = [], ...into] = pipe;
  return {
    kind: 'command',
    words,
    anchor: { uri: script, span: { start: text.lastIndexOf('\n') + 1, end: text.length } },
    directories: [place],
    variables,
    before: steps,
    into,
    written: Object.entries(written).map(([path, content]) => ({
      path,
      fragments: content === undefined ? undefined : readDocuments(content, script),
    })),
    given: [],
  };
}

/** Opens files from a table of YAML texts by their path, after those that the script itself has written. */
export const files =
  (table: Readonly<Record<string, string>>, written: Command['written'] = []): Open =>
  (reference, [directory = ''], content) => {
    const own = written.find(({ path }) => path === reference);
    if (own !== undefined) return own;
    if (reference === '-') return { fragments: undefined };
    const uri = directory + reference;
    const text = Object.hasOwn(table, reference) ? table[reference] : undefined;
    if (content === 'values')
      return { uri, fragments: text === undefined ? undefined : [readValues(text, uri)] };
    if (content === 'documents')
      return { uri, fragments: text === undefined ? undefined : readDocuments(text, uri) };
    return { uri, fragments: text === undefined ? undefined : fragments(text, uri) };
  };

/** The plan, which must exist. */
export function planned(
  fragment: Fragment,
  settings: Partial<MeshSettings> = {},
  table: Readonly<Record<string, string>> = {},
): InstallPlan {
  const written = fragment.kind === 'command' ? fragment.written : [];
  const plan = istio.plan(fragment, { hubs: [], ...settings }, files(table, written));
  if (plan === undefined) throw new Error('this is no install');
  return plan;
}

export const shown = (use: ImageUse): string =>
  use.reference.kind === 'literal' ? use.reference.value : `? ${use.reference.raw}`;

/** The images that an install pulls at once, without those of injected pods, in the order of their workloads. */
export const installed = (plan: InstallPlan): readonly string[] =>
  plan.images.filter(use => use.when === 'install').map(shown);

export const injected = (plan: InstallPlan): readonly string[] =>
  plan.images.filter(use => use.when === 'injection').map(shown);

/** The images of version 1.`minor`.0 for this spec, with a hub `h` and a tag `t` compiled in. */
export const imagesAt = (minor: number, spec: string): readonly string[] =>
  installed(planned(operator(spec), at(minor)));

export const injectedAt = (minor: number, spec: string): readonly string[] =>
  injected(planned(operator(spec), at(minor)));

/** Settings for version 1.`minor`.0 with `h` and `t` compiled in. */
export const at = (minor: number): Partial<MeshSettings> => ({
  istioVersion: `1.${minor}.0`,
  defaultHub: 'h',
  defaultTag: 't',
});
