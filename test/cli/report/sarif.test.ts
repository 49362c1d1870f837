import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { checkSarif } from '../../../server/src/cli/report/sarif';
import { rules } from '../../../server/src/rules/index';
import { meshfit } from '../../support/commandLine';
import { reportOf } from '../../support/report';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind?: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Located[];
  readonly relatedLocations?: readonly (Located & { readonly id: number })[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly artifactLocation: { readonly uri: string };
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
}
interface Located {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: Region;
  };
}

const runOf = (text: string) => JSON.parse(text).runs[0];
const resultsOf = (text: string): readonly Result[] => runOf(text).results;

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshfit-'));
});
after(() => rmSync(folder, { recursive: true }));

const operator = 'kind: IstioOperator\nspec:\n  profile: minimal\n  tag: 1.14.1\n';

/** The results of a check of one file below the folder. */
async function sarifOf(name: string, text: string): Promise<readonly Result[]> {
  writeFileSync(join(folder, name), text);
  return resultsOf((await meshfit(['check', name, '--offline', '--format', 'sarif'], folder)).stdout);
}

test('code scanning gets all that it asks for', async () => {
  const { stdout } = await meshfit(['check', 'examples', '--offline', '--format', 'sarif']);
  const { $schema, version, runs } = JSON.parse(stdout);
  assert.deepEqual(
    [$schema, version, runs.length],
    ['https://json.schemastore.org/sarif-2.1.0.json', '2.1.0', 1],
  );
  const { driver } = runs[0].tool;
  assert.deepEqual([driver.name, typeof driver.version], ['Meshfit', 'string']);
  for (const { shortDescription, fullDescription, help, defaultConfiguration } of driver.rules) {
    for (const { text } of [shortDescription, fullDescription, help]) assert.match(text, /\w/);
    assert.match(defaultConfiguration.level, /^(?:error|warning|note)$/);
  }
  const results = resultsOf(stdout);
  assert.equal(results.length, 4);
  for (const { ruleId, ruleIndex, locations, partialFingerprints } of results) {
    assert.equal(driver.rules[ruleIndex].id, ruleId);
    assert.match(locations[0]?.physicalLocation.artifactLocation.uri ?? '', /^examples\/[\w.-]+$/);
    assert.equal(Object.keys(partialFingerprints).length, 1);
  }
});

test('what could not be decided is open and has no level', () => {
  const [result] = resultsOf(checkSarif(reportOf({ message: 'Nobody knows.', undecided: true }), rules));
  assert.deepEqual([result?.kind, result?.level], ['open', 'none']);
});

test('a finding keeps its fingerprint when its line moves, and equal ones are numbered', async () => {
  const prints = (results: readonly Result[]) =>
    results.map(({ partialFingerprints }) => Object.values(partialFingerprints)[0]);
  const before = prints(await sarifOf('moved.yaml', operator));
  const moved = prints(await sarifOf('moved.yaml', `# a line\n\n${operator}---\n${operator}`));
  assert.equal(before.length, 1);
  assert.deepEqual([moved[0], moved[1]], [before[0], before[0]?.replace(/1$/, '2')]);
  assert.notDeepEqual(prints(await sarifOf('other.yaml', operator)), before);
});

test('the first fix, carried out as it is written, leaves nothing to find', async () => {
  const [result] = await sarifOf('fixed.yaml', operator);
  const [change] = result?.fixes?.[0]?.artifactChanges ?? [];
  const [replacement] = change?.replacements ?? [];
  assert.ok(replacement);
  const { startLine, startColumn, endColumn } = replacement.deletedRegion;
  const lines = readFileSync(join(folder, change?.artifactLocation.uri ?? ''), 'utf8').split('\n');
  const line = lines[startLine - 1] ?? '';
  const fixed = line.slice(0, startColumn - 1) + replacement.insertedContent.text + line.slice(endColumn - 1);
  assert.deepEqual(await sarifOf('fixed.yaml', lines.with(startLine - 1, fixed).join('\n')), []);
});

test('files are relative to the folder and encoded; those elsewhere have their own URI', async () => {
  const name = '100% [a]: ü?#.yaml';
  const uriOf = ([result]: readonly Result[]) => result?.locations[0]?.physicalLocation.artifactLocation;
  assert.deepEqual(uriOf(await sarifOf(name, operator)), {
    uri: '100%25%20%5Ba%5D%3A%20%C3%BC%3F%23.yaml',
    uriBaseId: '%SRCROOT%',
  });
  mkdirSync(join(folder, 'below'));
  const words = ['check', '../moved.yaml', '--offline', '--format', 'sarif'];
  const { stdout } = await meshfit(words, join(folder, 'below'));
  const elsewhere = uriOf(resultsOf(stdout));
  assert.match(elsewhere?.uri ?? '', /^file:\/\/\/.*\/moved\.yaml$/);
  assert.equal(elsewhere?.uriBaseId, undefined);
});

test('links of a message lead to its related places, and no file puts another one there', async () => {
  const text = operator.replace('1.14.1', '"[1.14.1](https://evil.example)"');
  for (const { message, relatedLocations = [] } of await sarifOf('link.yaml', text)) {
    const targets = [...message.text.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target);
    assert.deepEqual(
      targets,
      relatedLocations.map(({ id }) => String(id)),
    );
    assert.match(message.text, /evil\.example/);
  }
});

test('every message survives', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), message => {
      const [result] = resultsOf(checkSarif(reportOf({ message }), rules));
      assert.equal(result?.message.text, message.replaceAll('](', '] ('));
    }),
  ));

test('what was passed over is told as a notification', () => {
  const { invocations } = runOf(checkSarif(reportOf({ message: 'So.', notes: ['skipped a.yaml'] }), rules));
  assert.deepEqual(invocations, [
    {
      executionSuccessful: true,
      toolExecutionNotifications: [{ level: 'warning', message: { text: 'skipped a.yaml' } }],
    },
  ]);
});
