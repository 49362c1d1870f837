import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Document, ReadFile } from '../../server/src/core/document';
import type { Finding, Fix } from '../../server/src/core/finding';
import { linesOf } from '../../server/src/core/lines';
import { placed } from '../../server/src/core/place';
import { readSettings } from '../../server/src/core/settings';
import { applyEdits, type Site, textOf } from '../../server/src/core/text';
import { defaults } from '../../server/src/defaults';
import { placesOnDisk } from '../../server/src/disk';
import { type Context, createEngine, type Engine } from '../../server/src/engine';
import { settle } from '../../server/src/settle';
import { factsOf } from './facts';
import { type Expected, type FixtureFile, fixtureOf } from './fixture';

interface Prepared {
  readonly engine: Engine;
  readonly context: Omit<Context, 'ask'>;
  readonly files: readonly (FixtureFile & Document)[];
  readonly facts: ReturnType<typeof factsOf>;
}

function prepare(source: string): Prepared {
  const { facts, settings: told, files } = fixtureOf(source);
  const { settings, problems } = readSettings(
    { platforms: told.platform, istioVersion: told.istioVersion?.[0], hubs: told.hub },
    defaults,
  );
  assert.deepEqual(problems, []);
  const documents = files.map(file => ({ ...file, uri: `file:///${file.name}` }));
  const readFile: ReadFile = (reference, directory) => {
    const places = placesOnDisk(reference, directory, ['file:///']);
    const file = documents.find(document => places.includes(document.uri));
    return { uri: file?.uri ?? places[0] ?? reference, text: file?.text };
  };
  return {
    engine: createEngine(told.verify?.[0] === 'yes' ? 'images' : 'index'),
    context: { settings, readFile },
    files: documents,
    facts: factsOf(facts),
  };
}

interface Found {
  readonly finding: Finding;
  readonly fixes: readonly Fix[];
}

/** Everything that is found in one file once every fact is known. */
function findAll({ engine, context, facts }: Prepared, file: Document): Promise<readonly Found[]> {
  const planned = engine.plan(file, context);
  return settle(
    ask =>
      engine.check(planned, { ...context, ask }).map(found => ({
        finding: placed(found.finding, file.uri, found.planned.chunk.start),
        fixes: engine.fixes(found, file.uri, { ...context, ask }),
      })),
    facts,
    () => {},
  );
}

/** A finding as fixtures write it, and the file that it stands in. */
interface Shown extends Expected {
  readonly uri: string;
}

/**
 * Checks every file of a fixture: exactly the expected findings, at exactly the expected places. What several files lead
 * to, such as a script and the install file that it names, counts once.
 */
export async function check(source: string): Promise<void> {
  const prepared = prepare(source);
  const all: Shown[] = [];
  for (const file of prepared.files)
    for (const { finding } of await findAll(prepared, file)) all.push(shown(finding, prepared.files));
  const found = all.filter((one, index) => all.findIndex(other => isDeepStrictEqual(one, other)) === index);
  const wanted: readonly Shown[] = prepared.files.flatMap(({ expected, uri }) =>
    expected.map(one => ({ ...one, uri })),
  );
  assert.deepEqual(sorted(found), sorted(withMessages(wanted, found)));
}

function shown({ site: { uri, span }, code, message }: Finding, files: Prepared['files']): Shown {
  const lines = linesOf(files.find(file => file.uri === uri)?.text ?? '');
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  const endColumn = end.line === start.line ? end.column : lines.textAt(start.line).length + 1;
  return { uri, line: start.line - 1, start: start.column - 1, end: endColumn - 1, code, message };
}

/** An expected message need only be a part of the real one. */
function withMessages(wanted: readonly Shown[], found: readonly Shown[]): readonly Shown[] {
  const left = [...found];
  return wanted.map(expected => {
    const { message, ...rest } = expected;
    const match = left.findIndex(
      ({ message: whole, ...other }) => isDeepStrictEqual(other, rest) && whole.includes(message),
    );
    return match < 0 ? expected : { ...expected, message: left.splice(match, 1)[0]?.message ?? '' };
  });
}

const sorted = (items: readonly Shown[]) =>
  [...items].sort(
    (a, b) =>
      a.uri.localeCompare(b.uri) ||
      a.line - b.line ||
      a.start - b.start ||
      a.code.localeCompare(b.code) ||
      a.message.localeCompare(b.message),
  );

/**
 * Applies the first fix of the first file whose title holds `title`. The result must be `after`: the text of that file, or
 * of all files that change, each below a line `--- NAME`.
 */
export async function checkFix(source: string, title: string, after: string): Promise<void> {
  const prepared = prepare(source);
  const [file] = prepared.files;
  assert.ok(file);
  const fixes = (await findAll(prepared, file)).flatMap(found => found.fixes);
  const fix = fixes.find(candidate => candidate.title.includes(title));
  assert.ok(fix, `no fix "${title}" among ${JSON.stringify(fixes.map(candidate => candidate.title))}`);
  const text = after.replace(/^\n/, '');
  const wanted = text.startsWith('--- ') ? fixtureOf(text).files : [{ name: file.name, text }];
  const changed = prepared.files.flatMap(({ name, uri, text }) => {
    const edits = fix.edits.filter(edit => edit.uri === uri);
    return edits.length === 0 ? [] : { name, text: applyEdits(text, edits) };
  });
  assert.deepEqual(
    changed,
    wanted.map(({ name, text }) => ({ name, text })),
  );
}

/** Where one gets by "go to definition" from the cursor `@@`, a line each: `install.sh:2 docker.io/istio`. */
export function definitionsOf(source: string): readonly string[] {
  const { engine, context, files } = prepare(source);
  return files.flatMap(file => {
    if (file.cursor === undefined) return [];
    return engine.definitions(engine.plan(file, context), file.cursor).map(({ to }) => placeText(to, files));
  });
}

/** The files that links lead to, a line each: the place of the link, then the file. */
export function linksOf(source: string): readonly string[] {
  const { engine, context, files } = prepare(source);
  return files.flatMap(file =>
    engine
      .links(engine.plan(file, context))
      .map(({ from, to }) => `${placeText(from, files)} -> ${to.uri.replace('file:///', '')}`),
  );
}

/** The text that the hover at the cursor `@@` is about, and the images that it lists. */
export function explained(source: string): readonly string[] {
  const { engine, context, files, facts } = prepare(source);
  return files.flatMap(file => {
    if (file.cursor === undefined) return [];
    const planned = engine.plan(file, context);
    const explanation = engine.explain(planned, file.cursor, { ...context, ask: facts.peek });
    if (explanation === undefined) return [];
    const names = explanation.images.map(({ use }) => textOf(use.reference));
    return [placeText(explanation.site, files), ...new Set(names)];
  });
}

function placeText({ uri, span }: Site, files: Prepared['files']): string {
  const text = files.find(file => file.uri === uri)?.text ?? '';
  const { line } = linesOf(text).positionAt(span.start);
  return `${uri.replace('file:///', '')}:${line} ${text.slice(span.start, span.end)}`.trim();
}

/** The titles of all fixes in the first file. */
export async function fixTitles(source: string): Promise<readonly string[]> {
  const prepared = prepare(source);
  const [file] = prepared.files;
  assert.ok(file);
  return (await findAll(prepared, file)).flatMap(({ fixes }) => fixes.map(({ title }) => title));
}

/** The images that the installs of all files pull, a line each: `Deployment/istiod docker.io/istio/pilot:1.14.1`. */
export function checkPlan(source: string, expected: readonly string[]): void {
  const { engine, context, files } = prepare(source);
  const images = files.flatMap(file =>
    engine
      .plan(file, context)
      .installs.flatMap(({ plan }) =>
        plan.images.map(({ workload, reference }) =>
          [workload, reference.kind === 'literal' ? reference.value : `? ${reference.raw}`].join(' '),
        ),
      ),
  );
  assert.deepEqual(images, expected);
}

/** What was asked of the registries to find everything there is in the first file. */
export async function asked(source: string): Promise<readonly string[]> {
  const prepared = prepare(source);
  const [file] = prepared.files;
  assert.ok(file);
  await findAll(prepared, file);
  return prepared.facts.loaded;
}

/** The recipes for the findings of the first file, each its title and its commands, a line each. */
export async function recipeLines(source: string): Promise<readonly string[]> {
  const { engine, context, files, facts } = prepare(source);
  const [file] = files;
  assert.ok(file);
  const planned = engine.plan(file, context);
  const recipes = await settle(
    ask => {
      const known = { ...context, ask };
      return engine.check(planned, known).flatMap(found => engine.recipes(found, file.uri, known));
    },
    facts,
    () => {},
  );
  return recipes.flatMap(({ title, command }) => [title, ...command.split('\n')]);
}
