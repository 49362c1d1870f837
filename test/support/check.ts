import assert from 'node:assert/strict';
import type { Document, ReadFile } from '../../server/src/core/document';
import type { Finding, Fix } from '../../server/src/core/finding';
import { linesOf } from '../../server/src/core/lines';
import { placed } from '../../server/src/core/place';
import { readSettings } from '../../server/src/core/settings';
import { applyEdits } from '../../server/src/core/text';
import { defaults } from '../../server/src/defaults';
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
    const uri = new URL(reference, directory).href;
    return { uri, text: documents.find(document => document.uri === uri)?.text };
  };
  return { engine: createEngine(), context: { settings, readFile }, files: documents, facts: factsOf(facts) };
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

/** Checks every file of a fixture: exactly the expected findings, at exactly the expected places. */
export async function check(source: string): Promise<void> {
  const prepared = prepare(source);
  for (const file of prepared.files) {
    const lines = linesOf(file.text);
    const found = (await findAll(prepared, file)).map(({ finding }) => {
      const start = lines.positionAt(finding.site.span.start);
      const end = lines.positionAt(finding.site.span.end);
      const place = { line: start.line - 1, start: start.column - 1, end: end.column - 1 };
      return { ...place, code: finding.code, message: finding.message };
    });
    const wanted = file.expected.map(expected => withMessage(expected, found));
    assert.deepEqual(sorted(found), sorted(wanted), `findings in ${file.name}`);
  }
}

/** An expected message need only be a part of the real one. */
function withMessage(expected: Expected, found: readonly Expected[]): Expected {
  const match = found.find(
    ({ line, start, code, message }) =>
      line === expected.line &&
      start === expected.start &&
      code === expected.code &&
      message.includes(expected.message),
  );
  return { ...expected, message: match?.message ?? expected.message };
}

const sorted = (items: readonly Expected[]) =>
  [...items].sort((a, b) => a.line - b.line || a.start - b.start || a.code.localeCompare(b.code));

/** Applies the first fix whose title holds `title` in the first file; the result must be `after`. */
export async function checkFix(source: string, title: string, after: string): Promise<void> {
  const prepared = prepare(source);
  const [file] = prepared.files;
  assert.ok(file);
  const fixes = (await findAll(prepared, file)).flatMap(found => found.fixes);
  const fix = fixes.find(candidate => candidate.title.includes(title));
  assert.ok(fix, `no fix "${title}" among ${JSON.stringify(fixes.map(candidate => candidate.title))}`);
  assert.equal(applyEdits(file.text, fix.edits), after.replace(/^\n/, ''));
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
