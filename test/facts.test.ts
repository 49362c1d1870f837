import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'meshfit-facts-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const istio = join(folder, 'istio');

function git(...words: readonly string[]): void {
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', istio, ...author, ...words], { stdio: 'pipe' });
}

/** Commits files under some tags; those of earlier commits stay. */
function release(files: Readonly<Record<string, string>>, ...tags: readonly string[]): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(istio, name)), { recursive: true });
    writeFileSync(join(istio, name), text);
  }
  git('add', '-A');
  git('commit', '-q', '--allow-empty', '-m', tags.join());
  for (const tag of tags) git('tag', tag);
}

const profile = (spec: string): string => `kind: IstioOperator\nspec: ${spec}\n`;
const install = 'cmd.PersistentFlags().StringSliceVarP(&args.inFilenames, "filename", "f", nil, "")\n';

const skip = spawnSync('git', ['--version']).status === 0 ? false : 'install git';

function makeCheckout(): void {
  mkdirSync(istio);
  git('init', '-q');
  release(
    {
      'manifests/profiles/default.yaml': profile(
        '{hub: h, tag: t, components: {base: {enabled: true}, pilot: {enabled: true, k8s: {}}, ingressGateways: [{name: a, enabled: true, k8s: {}}]}, values: {pilot: {image: pilot}}}',
      ),
      'manifests/profiles/old.yaml': profile('{addonComponents: {kiali: {enabled: true}}}'),
      'tools/istio-docker.mk':
        'DOCKER_TARGETS ?= docker.pilot docker.mixer \\\n  docker.app_sidecar docker.proxyv2\n',
      'operator/cmd/mesh/install.go': install,
      'operator/cmd/mesh/install_test.go': install.replace('filename', 'nonsense'),
    },
    '1.6.0',
    '1.6.1',
  );
  release({}, '1.7.0-rc.0', '1.7.0');
  rmSync(join(istio, 'manifests/profiles/old.yaml'));
  rmSync(join(istio, 'tools/istio-docker.mk'));
  release(
    {
      'manifests/profiles/ambient.yaml': profile(
        '{components: {ztunnel: {enabled: true}}, values: {profile: ambient}}',
      ),
      'manifests/helm-profiles/ambient.yaml': 'global:\n  variant: distroless\n',
      'manifests/charts/ztunnel/values.yaml': '_internal_defaults_do_not_set:\n  image: ztunnel\n',
      'tools/docker.yaml':
        'images: [{name: base, base: true}, {name: pilot}, {name: app_sidecar_x}, {name: ztunnel}]\n',
      'operator/cmd/mesh/install.go': `${install}cmd.Flags().BoolVar(&args.force, "force", false, "")\n`,
    },
    '1.8.0-beta.1',
  );
}

const facts = (path: string, into: string) =>
  spawnSync(process.execPath, ['scripts/facts.mjs', path, '--into', into], { encoding: 'utf8' });

const into = join(folder, 'tables');
let first: ReturnType<typeof facts> | undefined;
before(() => {
  if (skip !== false) return;
  makeCheckout();
  first = facts(istio, into);
});
const textOf = (name: string): string =>
  readFileSync(join(into, name), 'utf8').replace(/\s+/g, ' ').replaceAll(', }', ' }').replaceAll(', ]', ' ]');

test('the tables of a checkout are written', { skip }, () => {
  assert.equal(first?.status, 0, first?.stderr);
  assert.match(first?.stdout ?? '', /^3 versions, 1\.6\.0 to 1\.8\.0-beta\.1/);
  assert.deepEqual(readdirSync(into).sort(), ['flagTable.ts', 'imageTable.ts', 'profileTable.ts']);
});

test('profiles hold what decides about images, with their versions', { skip }, () => {
  const text = textOf('profileTable.ts');
  assert.ok(
    text.includes(
      "{ name: 'default', from: 6, spec: { components: { pilot: { enabled: true }, ingressGateways: [{ name: 'a', enabled: true }] } } }",
    ),
  );
  assert.ok(
    text.includes("{ name: 'old', from: 6, to: 7, spec: { addonComponents: { kiali: { enabled: true } } } }"),
  );
  assert.match(text, /name: 'ambient', from: 8, spec: { components: { ztunnel: .*profile: 'ambient'/);
  assert.match(
    text,
    /chartProfileTable.* name: 'ambient', from: 8, spec: { values: { global: { variant: 'distroless' } } }/,
  );
});

test('built images are those of the release flow', { skip }, () => {
  assert.ok(
    textOf('imageTable.ts').includes(
      "[ { image: 'mixer', to: 7 }, { image: 'pilot' }, { image: 'proxyv2', to: 7 }, { image: 'ztunnel', from: 8 } ]",
    ),
  );
});

test('flags are those of every version together', { skip }, () => {
  assert.ok(
    textOf('flagTable.ts').includes(
      "[ { name: 'filename', short: 'f', takesValue: true }, { name: 'force', takesValue: false } ]",
    ),
  );
});

test('running it again changes nothing', { skip }, () => {
  const before = readdirSync(into).map(name => readFileSync(join(into, name), 'utf8'));
  facts(istio, into);
  assert.deepEqual(
    readdirSync(into).map(name => readFileSync(join(into, name), 'utf8')),
    before,
  );
});

test('an image that the planner does not know is said', { skip }, () => {
  release({ 'manifests/charts/ztunnel/values.yaml': 'image: other\n' }, '1.9.0');
  const { status, stderr } = facts(istio, join(folder, 'other'));
  assert.equal(status, 1);
  assert.match(
    stderr,
    /1\.9\.0: manifests\/charts\/ztunnel\/values\.yaml names the image other, not ztunnel/,
  );
});

test('a checkout without tags is none', { skip }, () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  execFileSync('git', ['-C', empty, 'init', '-q']);
  assert.match(facts(empty, into).stderr, /has no tags of releases/);
  assert.equal(spawnSync(process.execPath, ['scripts/facts.mjs']).status, 2);
});
