import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteOfTraced, sliceTraced } from '../../../server/src/core/traced';
import { findShell } from '../../../server/src/sources/ci/findShell';
import { showShell, showsOne } from './showShell';

const container = (rest: string): string =>
  `kind: Job\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n${rest.replace(/^/gm, '        ')}`;

test('words of a container are a command, quoted so that nothing is added to them', () => {
  const text = container('command: [istioctl]\nargs:\n- install\n- --set=tag=1.14.1\n');
  showsOne(text, "'istioctl' 'install' '--set=tag=1.14.1'");
  const script = findShell(text, 'a').sessions[0]?.scripts[0]?.text;
  assert.ok(script);
  const at = script.raw.indexOf('1.14.1');
  const { span } = siteOfTraced(sliceTraced(script, at, at + 6));
  assert.equal(text.slice(span.start, span.end), '1.14.1');
  assert.equal(script.stretches.at(-1)?.exact, false);
});

for (const command of [
  '[sh, -c]',
  '["/bin/bash", "-exc"]',
  '[bash, -e, -o, pipefail, -c]',
  '[tini, --, sh, -c]',
])
  test(`the text that ${command} runs is a script`, () =>
    showsOne(
      container(
        `env:\n- {name: HUB, value: ghcr.io/a}\ncommand: ${command}\nargs:\n- |\n  istioctl install --set hub=$HUB\n`,
      ),
      'HUB = ghcr.io/a\nistioctl install --set hub=$HUB',
    ));

test('arguments alone are those of the image', () =>
  showsOne(
    container('image: docker.io/istio/istioctl:1.14.1\nargs: [install, -y]\n'),
    "container image = docker.io/istio/istioctl:1.14.1\n'istioctl' 'install' '-y'",
  ));

test('a variable of the container in its words', () =>
  showsOne(
    container('env: [{name: TAG, value: 1.14.1}]\ncommand: [istioctl, install, --set, "tag=$(TAG)"]\n'),
    "TAG = 1.14.1\n'istioctl' 'install' '--set' 'tag=1.14.1'",
  ));

test('a word with a quote stays one word', () =>
  showsOne(container('command: [istioctl, "a\'b"]\n'), "'istioctl' 'a'\\''b'"));

test('services of Compose', () =>
  assert.deepEqual(
    showShell(
      'services:\n  a:\n    environment: [HUB=ghcr.io/a b]\n    command: sh -c "istioctl install"\n  b:\n    entrypoint: [istioctl]\n    command: install -y\n',
    ),
    ['+ HUB = ghcr.io/a b\nsh -c "istioctl install"', "+ 'istioctl' 'install -y'"],
  ));

test('scripts and manifests in a ConfigMap', () => {
  const text =
    'kind: ConfigMap\ndata:\n  install.sh: |\n    istioctl install -f iop.yaml\n  iop.yaml: |\n    kind: IstioOperator\n    spec:\n      tag: 1.14.1\n';
  showsOne(text, 'istioctl install -f iop.yaml');
  assert.deepEqual(
    findShell(text, 'a').documents.map(({ raw }) => raw),
    ['kind: IstioOperator\nspec:\n  tag: 1.14.1\n'],
  );
});

test('a chart that templates a job is read as far as it goes', () =>
  showsOne(
    container(
      '{{- if .Values.x }}\nimage: "{{ .Values.image }}"\n{{- end }}\ncommand:\n- /bin/sh\n- -c\n- |\n  {{- if .Values.y }}\n  istioctl install --set tag={{ .Values.tag }}\n  {{- end }}\n',
    ),
    `Values_tag = ? \`{{ .Values.tag }}\` is filled in before the file is used\n\nistioctl install --set tag=$\{Values_tag}`,
  ));
