import assert from 'node:assert/strict';
import test from 'node:test';
import { formatImage, parseImage } from '../../server/src/core/image';
import { formatPlatform, type Platform, parsePlatform, runsOn } from '../../server/src/core/platform';
import { type Row, skip, table } from '../support/conformance';
import { familiarImage } from '../support/familiarImage';

function platformRows<Input, Expect>(kind: string): readonly Row<Input, Expect>[] {
  const rows: readonly Row<Input, Expect>[] = table('platform-cases.json').cases;
  return rows.filter(row => row.kind === kind && !JSON.stringify(row).includes('{HOST_'));
}

/** Runs every row, then fails with those that differ; the count is part of the report. */
function agree<R>(t: test.TestContext, rows: readonly R[], check: (row: R) => void): void {
  const failures: string[] = [];
  for (const row of rows) {
    try {
      check(row);
    } catch (error) {
      failures.push(`${JSON.stringify(row)}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  t.diagnostic(`${t.name}: ${rows.length - failures.length}/${rows.length}`);
  assert.deepEqual(failures, []);
  assert.ok(rows.length > 0, 'the table is empty');
}

interface Reference {
  readonly input: string;
  readonly valid: boolean;
  readonly domain?: string;
  readonly path?: string;
  readonly tag?: string;
  readonly digest?: string;
  readonly dockerRef?: string;
  readonly familiar?: string;
}

test('reference-cases oracle rows', { skip }, t => {
  const rows: readonly Reference[] = table('reference-cases.json').oracle.rows;
  agree(t, rows, row => {
    const parsed = parseImage(row.input);
    // The library accepts one odd name without any domain; nothing could be asked about it.
    const valid = row.valid && row.domain !== undefined;
    assert.equal(parsed.kind, valid ? 'image' : 'invalid');
    if (parsed.kind === 'invalid') return assert.notEqual(parsed.why, '');
    const { registry, repository, tag, digest } = parsed.image;
    assert.deepEqual([registry, repository, tag, digest], [row.domain, row.path, row.tag, row.digest]);
    assert.equal(formatImage(parsed.image), row.dockerRef);
    assert.equal(familiarImage(parsed.image), row.familiar);
  });
});

/** The platform as its image-spec JSON writes it, with empty members left out. */
type Spec = { readonly os: string; readonly architecture: string } & Readonly<Record<string, unknown>>;

const specOf = ({ osVersion, osFeatures, ...rest }: Platform): Spec => ({
  ...rest,
  ...(osVersion !== undefined && { 'os.version': osVersion }),
  ...(osFeatures !== undefined && { 'os.features': osFeatures }),
});

const fromSpec = (spec: Spec): Platform => ({
  os: spec.os,
  architecture: spec.architecture,
  ...(typeof spec.variant === 'string' && { variant: spec.variant }),
  ...(typeof spec['os.version'] === 'string' && { osVersion: spec['os.version'] }),
  ...(Array.isArray(spec['os.features']) && { osFeatures: spec['os.features'] }),
});

function parsed(text: string): Platform {
  const result = parsePlatform(text);
  assert.equal(result.kind, 'platform', text);
  return result.kind === 'platform' ? result.platform : assert.fail();
}

test('platform-cases parse', { skip }, t => {
  type Expect = { error?: string; platform: Spec; formatted: string; 'matchedBy NewMatcher(parsed)': Spec[] };
  agree(t, platformRows<string, Expect>('parse'), row => {
    const wanted = row.expect;
    if (wanted.error !== undefined || row.skipped === true)
      return assert.equal(parsePlatform(row.input).kind, 'invalid');
    const platform = parsed(row.input);
    assert.deepEqual(specOf(platform), wanted.platform);
    assert.equal(formatPlatform(platform), wanted.formatted);
    for (const same of wanted['matchedBy NewMatcher(parsed)'])
      assert.ok(runsOn(platform, fromSpec(same)), JSON.stringify(same));
  });
});

test('platform-cases onlyStrict.match', { skip }, t => {
  type Input = { host: string; candidate: string };
  agree(t, platformRows<Input, { match: boolean }>('onlyStrict.match'), row =>
    assert.equal(runsOn(parsed(row.input.host), parsed(row.input.candidate)), row.expect.match),
  );
});

test('platform-cases windows.match', { skip }, t => {
  agree(t, platformRows<{ host: Spec; candidate: Spec }, { match: boolean }>('windows.match'), row =>
    assert.equal(runsOn(fromSpec(row.input.host), fromSpec(row.input.candidate)), row.expect.match),
  );
});

test('platform-cases windows.buildCompat', { skip }, t => {
  const windows = (build: number) => parsed(`windows(10.0.${build})/amd64`);
  type Input = { hostBuild: number; containerBuild: number };
  agree(t, platformRows<Input, { canRun: boolean }>('windows.buildCompat'), ({ input, expect }) =>
    assert.equal(runsOn(windows(input.hostBuild), windows(input.containerBuild)), expect.canRun),
  );
});

test('platform-cases formatAll', { skip }, t => {
  agree(t, platformRows<Spec, { formatted: string }>('formatAll'), row =>
    assert.equal(formatPlatform(fromSpec(row.input)), row.expect.formatted),
  );
});
