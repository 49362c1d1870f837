import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fragment, Manifest } from '../../../server/src/core/fragment';
import { nodeAt } from '../../../server/src/core/tree';
import { commands, lines, read, textAt, uri } from './show';

const operator = (hub: string): string =>
  `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n  hub: ${hub}\n`;

const hubOf = (manifest: Fragment | undefined, script: string): string => {
  if (manifest?.kind !== 'manifest') return 'no manifest';
  const node = nodeAt(manifest.root, ['spec', 'hub']);
  if (node?.kind !== 'scalar') return 'no hub';
  const text = node.text.kind === 'literal' ? node.text.value : `<${node.text.raw}>`;
  return `${text} at ${textAt(script, node.site)}`;
};

/** The hub of the IstioOperator that the last command gets as `path`, or why there is none. */
function hubFor(script: string, path: string, files?: Readonly<Record<string, string>>): string {
  const file = commands(script, files)
    .at(-1)
    ?.written.find(other => other.path === path);
  if (file === undefined) return 'no file';
  return file.fragments === undefined ? `unknown: ${file.why}` : hubOf(file.fragments[0], script);
}

const stdin: readonly [what: string, script: string, hub: string][] = [
  ['a heredoc', `istioctl install -f - <<EOF\n${operator('a.io')}EOF\n`, 'a.io at a.io'],
  ['a quoted delimiter', `istioctl install -f - <<'EOF'\n${operator('$A')}EOF\n`, '<$A> at $A'],
  ['with variables', `A=a.io\nistioctl install -f - <<EOF\n${operator('$A')}EOF\n`, 'a.io at a.io < $A'],
  [
    'with a part that is a variable',
    `A=a.io\nistioctl install -f - <<EOF\n${operator('${A}/istio')}EOF\n`,
    'a.io/istio at ${A}/istio',
  ],
  [
    'with a default',
    `istioctl install -f - <<EOF\n${operator('${A:-a.io}')}EOF\n`,
    'a.io at a.io < ${A:-a.io}',
  ],
  [
    'with tabs',
    `istioctl install -f - <<-EOF\n${operator('a.io').replace(/^/gm, '\t')}EOF\n`,
    'a.io at a.io',
  ],
  ['through cat', `cat <<EOF | istioctl install -f -\n${operator('a.io')}EOF\n`, 'a.io at a.io'],
  [
    'through a variable',
    `x=$(cat <<EOF\n${operator('a.io')}EOF\n)\necho "$x" | istioctl install -f -`,
    'a.io at a.io < $(cat <<EOF',
  ],
  ['a string', `x='${operator('a.io')}'\nistioctl install -f - <<< "$x"`, 'a.io at a.io < $x'],
  ['a file', 'istioctl install -f - < iop.yaml', 'a.io at file:///repo/scripts/iop.yaml'],
  ['cat of a file', 'cat iop.yaml | istioctl install -f -', 'a.io at file:///repo/scripts/iop.yaml'],
  [
    'envsubst',
    'H=b.io envsubst < env.yaml | istioctl install -f -',
    'b.io at b.io < file:///repo/scripts/env.yaml',
  ],
  [
    'a pipe of tee',
    `cat <<EOF | tee x.yaml | istioctl install -f -\n${operator('a.io')}EOF\n`,
    'a.io at a.io',
  ],
  [
    'what another program prints',
    'kustomize build . | istioctl install -f -',
    'unknown: it is printed by kustomize while the script runs',
  ],
  ['a file that is not there', 'istioctl install -f - < no.yaml', "unknown: the file no.yaml can't be read"],
  ['CRLF', `istioctl install -f - <<EOF\n${operator('a.io')}EOF\n`.replaceAll('\n', '\r\n'), 'a.io at a.io'],
  ['never closed', `istioctl install -f - <<EOF\n${operator('a.io')}`, 'a.io at a.io'],
];

const onDisk = { 'iop.yaml': operator('a.io'), 'env.yaml': operator('$H') };

for (const [what, script, hub] of stdin)
  test(`input: ${what}`, () => {
    const found = hubFor(script, '-', onDisk);
    assert.equal(found.slice(0, hub.length), hub);
  });

const written: readonly [what: string, script: string, path: string, hub: string][] = [
  [
    'a heredoc',
    `cat > f.yaml <<EOF\n${operator('a.io')}EOF\nistioctl install -f f.yaml`,
    'f.yaml',
    'a.io at a.io',
  ],
  [
    'by its path',
    `cat > ./x/f.yaml <<EOF\n${operator('a.io')}EOF\nistioctl install -f=x/f.yaml`,
    'x/f.yaml',
    'a.io at a.io',
  ],
  [
    'after cd',
    `cat > f.yaml <<EOF\n${operator('a.io')}EOF\ncd istio-1.14.1\nistioctl install -f ../f.yaml`,
    '../f.yaml',
    'a.io at a.io',
  ],
  [
    'by tee',
    `tee f.yaml <<EOF\n${operator('a.io')}EOF\nistioctl install -f f.yaml`,
    'f.yaml',
    'a.io at a.io',
  ],
  ['by echo', `echo '${operator('a.io')}' > f.yaml\nistioctl install -f f.yaml`, 'f.yaml', 'a.io at a.io'],
  [
    'in a subshell',
    `( cat > f.yaml <<EOF\n${operator('a.io')}EOF\n)\nistioctl install -f f.yaml`,
    'f.yaml',
    'a.io at a.io',
  ],
  [
    'by a program',
    'istioctl profile dump > f.yaml\nistioctl install -f f.yaml',
    'f.yaml',
    'unknown: it is printed by istioctl',
  ],
  [
    'among others',
    `cat > f.yaml <<EOF\n${operator('a.io')}EOF\nistioctl install -f a.yaml,f.yaml`,
    'f.yaml',
    'a.io at a.io',
  ],
  [
    'a path in a variable',
    `F=$(mktemp)\nP=f.yaml\ncat > "$P" <<EOF\n${operator('a.io')}EOF\nistioctl install -f "$P"`,
    'f.yaml',
    'a.io at a.io',
  ],
  [
    'in a substitution',
    `istioctl install -f <(cat <<EOF\n${operator('a.io')}EOF\n)`,
    '/dev/fd/20',
    'a.io at a.io',
  ],
];

for (const [what, script, path, hub] of written)
  test(`written: ${what}`, () => {
    const found = hubFor(script, path);
    assert.equal(found.slice(0, hub.length), hub);
  });

const alone: readonly [what: string, script: string, count: number][] = [
  ['kubectl apply', `kubectl apply -f - <<EOF\n${operator('a')}EOF\n`, 1],
  ['cat into kubectl apply', `cat <<EOF | kubectl apply -f -\n${operator('a')}EOF\n`, 1],
  ['a file that kubectl applies', `cat > f.yaml <<EOF\n${operator('a')}EOF\nkubectl apply -f f.yaml`, 1],
  ['kubectl delete', `kubectl delete -f - <<EOF\n${operator('a')}EOF\n`, 0],
  ['cat into kubectl delete', `cat <<EOF | kubectl delete -f -\n${operator('a')}EOF\n`, 0],
  ['a file that istioctl takes', `cat > f.yaml <<EOF\n${operator('a')}EOF\nistioctl install -f f.yaml`, 0],
];

for (const [what, script, count] of alone)
  test(`a manifest of its own: ${what}`, () =>
    assert.equal(read(script).filter(({ kind }) => kind === 'manifest').length, count));

test('a sourced script counts, and its texts stand in it', () => {
  const files = { 'lib/env.sh': 'HUB=a.io\n' };
  const [command] = commands('. ./lib/env.sh\nistioctl install --set hub=$HUB', files);
  const word = command?.words[3];
  assert.equal(word?.text.kind === 'literal' && word.text.value, 'hub=a.io');
  assert.equal(command?.variables.get('HUB')?.site.uri, 'file:///repo/scripts/lib/env.sh');
});

test('scripts that source each other end', () => {
  const files = { 'install.sh': '. ./b.sh\nistioctl install -y', 'b.sh': '. ./install.sh\nX=a' };
  assert.deepEqual(lines('. ./b.sh\nistioctl install --set hub=$X', files), ['istioctl install --set hub=a']);
});

test('a .env file is a script, too', () => {
  const files = { '.env': 'HUB=a.io\n' };
  assert.deepEqual(lines('set -a; source .env; set +a\nistioctl install --set hub=$HUB', files), [
    'istioctl install --set hub=a.io',
  ]);
});

test('paths are looked for where the script is, and where it began', () => {
  const dirs = (script: string) =>
    commands(script)[0]?.directories.map(dir => dir.replace('file:///repo/', ''));
  assert.deepEqual(dirs('istioctl install'), ['scripts/']);
  assert.deepEqual(dirs('cd istio-1.14.1; istioctl install'), ['scripts/istio-1.14.1/', 'scripts/']);
  assert.deepEqual(dirs('cd ..; istioctl install'), ['', 'scripts/']);
  assert.deepEqual(dirs('cd "$(dirname "$0")/.."; istioctl install'), ['', 'scripts/']);
  assert.deepEqual(dirs('D=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd); cd $D/x; istioctl install'), [
    'scripts/x/',
    'scripts/',
  ]);
  assert.deepEqual(dirs('cd $SOMEWHERE; istioctl install'), ['scripts/']);
});

const earlier: readonly [what: string, script: string, ...lines: string[]][] = [
  [
    'a download',
    'curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh -',
    'curl -L https://istio.io/downloadIstio',
    'ISTIO_VERSION=1.14.1 sh -',
  ],
  ['a folder', 'cd istio-1.14.1', 'cd istio-1.14.1'],
  ['a variable in it', 'V=1.14.1\ncd istio-$V', 'cd istio-1.14.1'],
  ['nothing else', 'echo istio-1.14.1\nls\ncurl https://example.com'],
];

for (const [what, script, ...expected] of earlier)
  test(`before: ${what}`, () => {
    const [command] = commands(`${script}\nistioctl install`);
    assert.deepEqual(
      command?.before.map(words => words.map(({ traced }) => traced.raw).join(' ')),
      expected,
    );
  });

test('.tool-versions counts as said before', () => {
  const [command] = commands('istioctl install', { '.tool-versions': 'helm 3.1\nistioctl 1.14.1\n' });
  assert.deepEqual(
    command?.before.map(words => words.map(({ traced }) => traced.raw)),
    [['istioctl', '1.14.1']],
  );
});

test('what a command is piped into', () => {
  const [command] = commands('istioctl manifest generate | kubectl delete -f -');
  assert.deepEqual(
    command?.into.map(words => words.map(({ traced }) => traced.raw).join(' ')),
    ['kubectl delete -f -'],
  );
});

test('the script itself is the document', () =>
  assert.equal(commands('istioctl install')[0]?.anchor.uri, uri));

const manifest = (script: string): Manifest | undefined =>
  read(script).find(fragment => fragment.kind === 'manifest');

test('a heredoc with an unknown variable says so', () =>
  assert.match(hubOf(manifest(`kubectl apply -f - <<EOF\n${operator('$A')}EOF\n`), ''), /^<\$A>/));
