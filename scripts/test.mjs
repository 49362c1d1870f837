// Runs the tests. Without arguments all of them; else the suites that are named.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ensureInstalled } from './install.mjs';

const suites = {
  lint: () => program('lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.', '--error-on-warnings']),
  types: async () =>
    add(
      await program('types', 'node_modules/typescript/bin/tsc', ['--noEmit']),
      await program('types without I/O', 'node_modules/typescript/bin/tsc', [
        '--noEmit',
        '-p',
        'tsconfig.pure.json',
      ]),
    ),
  build: () => program('build and package', 'scripts/package.mjs', []),
  unit: async () => add(await nodeTests('unit', testsBelow('test', ['registry-real', 'editor'])), attacks()),
  registry: () => nodeTests('registry', testsBelow('test/registry-real', [])),
  editor: () => counted('editor', 'test/editor/run.mjs'),
};
/** The tables of other projects, by the names of the tests that read them: `istio-golden` for istioGolden.test.ts. */
const tables = () =>
  ['test/core', 'test/meshes', 'test/registry']
    .flatMap(folder => testsBelow(folder, []))
    .filter(file => /conformance|golden/i.test(basename(file)))
    .map(file => ({ file, name: kebab(basename(file, '.test.ts')) }));
const kebab = name => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
const conformance = names =>
  nodeTests(
    'conformance',
    tables().flatMap(({ name, file }) => (names.length === 0 || names.includes(name) ? [file] : [])),
  );

ensureInstalled();
mkdirSync('out', { recursive: true });
const asked = process.argv.slice(2);
const chosen = asked[0] === 'conformance' ? asked.slice(1) : [];
const named = asked.slice(0, asked.length - chosen.length);
const unknown = [
  ...named.filter(name => name !== 'conformance' && !(name in suites)),
  ...chosen.filter(name => tables().every(table => table.name !== name)),
];
if (unknown.length > 0) {
  const names = tables().map(({ name }) => name);
  const there =
    chosen.length > 0 ? [...new Set(names)].join(', ') : `${Object.keys(suites).join(', ')} and conformance`;
  console.error(`There is no suite "${unknown.join('", "')}"; there are ${there}.`);
  process.exit(2);
}
let total = { passed: 0, failed: 0, skipped: 0 };
for (const name of named.length > 0 ? named : Object.keys(suites))
  total = add(total, await (name === 'conformance' ? conformance(chosen) : suites[name]()));
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A program that passes or fails as a whole. */
async function program(name, script, words) {
  console.log(`\n# ${name}`);
  const passed = (await run([script, ...words])) === 0;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** A run of Node's own test runner; a skipped test fails where CI is true, unless it waits for tables of others. */
async function nodeTests(name, files) {
  console.log(`\n# ${name}`);
  const record = join('out', `${name}.tap`);
  rmSync(record, { force: true });
  const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const recording = ['--test-reporter=tap', `--test-reporter-destination=${record}`];
  // A test that hangs ends, and says which one it is.
  const patience = '--test-timeout=300000';
  const status = await run(['--import', 'tsx', '--test', patience, ...reporters, ...recording, ...files]);
  const tap = existsSync(record) ? readFileSync(record, 'utf8') : '';
  const number = word => Number(new RegExp(`^# ${word} (\\d+)`, 'm').exec(tap)?.[1] ?? 0);
  const skips = [...tap.matchAll(/^\s*ok .* # SKIP ?(.*)$/gm)].map(match => match[1] ?? '');
  const refused = process.env.CI === 'true' ? skips.filter(why => !why.includes('MESHFIT_CONFORMANCE')) : [];
  for (const why of refused) console.log(`not accepted in CI: skipped: ${why}`);
  const failed = number('fail') + number('cancelled') + refused.length;
  return {
    passed: number('pass'),
    failed: status !== 0 && failed === 0 ? 1 : failed,
    skipped: number('skipped') - refused.length,
  };
}

/** The attacks of test/registry/attacks.md: each must have a test that is named by its number. */
function attacks() {
  const tap = readFileSync(join('out', 'unit.tap'), 'utf8');
  const all = [...readFileSync('test/registry/attacks.md', 'utf8').matchAll(/^\s*(\d+)\. \S.*$/gm)].map(
    match => match[1],
  );
  const passed = new Set([...tap.matchAll(/^\s*ok \d+ - case (\d+):(?!.*# SKIP)/gm)].map(match => match[1]));
  const missing = all.filter(number => !passed.has(number));
  console.log(`\nattacks on the registry client: ${all.length - missing.length} of ${all.length} withstood`);
  if (missing.length > 0) console.log(`without a passing test: ${missing.join(', ')}`);
  return { passed: 0, failed: missing.length, skipped: 0 };
}

/** A suite that ends with a line `N passed, N failed, N skipped` of its own. */
async function counted(name, script) {
  console.log(`\n# ${name}`);
  let output = '';
  const status = await run([script], text => {
    output += text;
  });
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  const [passed = 0, failed = 0, skipped = 0] = (last ?? []).slice(1).map(text => Number(text ?? 0));
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped };
}

async function run(words, hear) {
  const child = spawn(process.execPath, words, { stdio: ['ignore', hear ? 'pipe' : 'inherit', 'inherit'] });
  child.stdout?.on('data', data => {
    process.stdout.write(data);
    hear(String(data));
  });
  const [status] = await once(child, 'close');
  return status;
}

function testsBelow(folder, except) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => !except.includes(entry.name))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return testsBelow(path, []);
      return entry.name.endsWith('.test.ts') ? [path] : [];
    });
}

function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}
