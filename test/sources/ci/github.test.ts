import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteOfTraced } from '../../../server/src/core/traced';
import { findShell } from '../../../server/src/sources/ci/findShell';
import { showShell, showsOne } from './showShell';

const job = (rest: string): string => `on: push\njobs:\n  mesh:\n    runs-on: ubuntu-latest\n${rest}`;

test('the steps of a job are scripts of one session, with the variables of all three levels', () =>
  showsOne(
    `env:\n  A: 1\n  B: 2\n${job(`    env: {B: 3}
    steps:
      - uses: actions/checkout@v4
      - run: curl -L https://istio.io/downloadIstio | sh -
      - env:
          ISTIO_VERSION: 1.14.1
        run: |
          istioctl install \\
            -y
`)}`,
    `A = 1
B = 3
curl -L https://istio.io/downloadIstio | sh -
---
A = 1
B = 3
ISTIO_VERSION = 1.14.1
istioctl install \\
  -y`,
  ));

test('jobs do not know of each other, and those without an install are left out', () =>
  assert.deepEqual(
    showShell(
      'jobs:\n  a:\n    steps: [{run: echo}]\n  b:\n    steps: [{run: istioctl install}]\n  c:\n    steps: [{run: istioctl upgrade}]\n',
    ),
    ['istioctl install', 'istioctl upgrade'],
  ));

/** A job that shows `X=…` for each combination of its matrix. */
const matrix = (lines: string, expression: string): readonly string[] =>
  showShell(
    job(
      `    strategy:\n      matrix:\n${lines.replace(/^/gm, '        ')}\n    steps:\n      - run: istioctl ${expression}\n`,
    ),
  );

test('a job runs once for each combination of its matrix', () =>
  assert.deepEqual(matrix(`a: ['1', 2]\nistio: [x, y]`, `$\{{ matrix.a }}$\{{ matrix['istio'] }}`), [
    'istioctl 1x',
    'istioctl 1y',
    'istioctl 2x',
    'istioctl 2y',
  ]));

test('combinations are added and taken away', () =>
  assert.deepEqual(
    matrix(
      `a: [1, 2]\nb: [x, y]\nexclude: [{a: 1, b: x}]\ninclude: [{a: 2, c: d}, {a: 3, b: z}]`,
      `$\{{ matrix.a }} $\{{ matrix.b }} $\{{ matrix.c || '-' }}`,
    ),
    ['istioctl 2 x d', 'istioctl 1 y -', 'istioctl 2 y d', 'istioctl 3 z -'],
  ));

test('values of a matrix may be maps, and all may be listed one by one', () => {
  assert.deepEqual(matrix(`a: [{v: 1}, {v: 2}]`, `$\{{ matrix.a.v }}`), ['istioctl 1', 'istioctl 2']);
  assert.deepEqual(matrix(`include:\n- {v: 1, w: a}\n- {v: 2, w: b}`, `$\{{ matrix.v }}$\{{ matrix.w }}`), [
    'istioctl 1a',
    'istioctl 2b',
  ]);
});

test('what no script names is no combination of its own', () =>
  assert.deepEqual(matrix(`os: [a, b]\nv: [1, 2]`, `$\{{ matrix.v }}`), ['istioctl 1', 'istioctl 2']));

test('a matrix that is computed is not known', () =>
  assert.deepEqual(matrix(`a: $\{{ fromJSON(needs.x.outputs.y) }}`, `$\{{ matrix.a }}`), [
    `matrix_a = ? \`$\{{ matrix.a }}\` is filled in before the file is used\nistioctl $\{matrix_a}`,
  ]));

test('variables have the value of their combination', () =>
  assert.deepEqual(
    showShell(
      job(
        `    strategy: {matrix: {v: [1.1.1, 1.2.2]}}\n    env:\n      ISTIO_VERSION: v\${{ matrix.v }}\n    steps:\n      - run: istioctl install\n`,
      ),
    ),
    ['ISTIO_VERSION = v1.1.1\nistioctl install', 'ISTIO_VERSION = v1.2.2\nistioctl install'],
  ));

test('a single value is written out, also within single quotes', () =>
  showsOne(
    `env:\n  TAG: 1.14.1\n${job(`    steps:\n      - run: istioctl install --set 'tag=\${{ env.TAG }}'\n`)}`,
    "TAG = 1.14.1\nistioctl install --set 'tag=1.14.1'",
  ));

test('a value that is written out stands where it is set', () => {
  const text = `env:\n  TAG: 1.14.1\n${job(`    steps:\n      - run: istioctl install --set tag=\${{ env.TAG }}\n`)}`;
  const script = findShell(text, 'a').sessions[0]?.scripts[0]?.text;
  assert.ok(script);
  const last = script.stretches.at(-1)?.site;
  assert.equal(text.slice(last?.span.start, last?.span.end), '1.14.1');
  assert.deepEqual(
    last?.via?.map(({ span }) => text.slice(span.start, span.end)),
    [`$\{{ env.TAG }}`],
  );
});

test('what is not in the file is a variable that nobody knows', () =>
  showsOne(
    job(
      `    steps:\n      - run: istioctl install --set tag=\${{ inputs.tag }} --set 'hub=\${{ secrets.HUB }}' \${{ steps.a.outputs.b }}\n`,
    ),
    `inputs_tag = ? \`$\{{ inputs.tag }}\` is given by whoever starts the run\n` +
      `secrets_HUB = ? \`$\{{ secrets.HUB }}\` is a secret\n` +
      `steps_a_outputs_b = ? \`$\{{ steps.a.outputs.b }}\` comes from an earlier step\n` +
      `istioctl install --set tag=$\{inputs_tag} --set 'hub='"$\{secrets_HUB}"'' $\{steps_a_outputs_b}`,
  ));

test('a default counts where the value is not known', () =>
  showsOne(
    job(
      `    steps:\n      - run: istioctl install --set tag=\${{ inputs.tag || '1.14.1' }} \${{ github.x && '-y' || '-v' }}\n`,
    ),
    `github_x_y_v = -y | -v\nistioctl install --set tag=1.14.1 $\{github_x_y_v}`,
  ));

test('inputs have the defaults that the file declares', () =>
  showsOne(
    `name: a\ninputs:\n  version:\n    default: '1.14.1'\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      run: istioctl-$\{{ inputs.version }} install\n`,
    'istioctl-1.14.1 install',
  ));

test('inputs of a workflow that others call have defaults too', () =>
  showsOne(
    `on:\n  workflow_call:\n    inputs:\n      v: {default: 1.2.3}\njobs:\n  a:\n    steps:\n    - run: istioctl-\${{ inputs.v }} install\n`,
    'istioctl-1.2.3 install',
  ));

for (const shell of ['pwsh', 'python', 'powershell', 'cmd'])
  test(`a step in ${shell} is no shell script`, () =>
    assert.deepEqual(
      showShell(job(`    steps:\n      - run: istioctl install\n        shell: ${shell}\n`)),
      [],
    ));

test('the program of defaults holds for every step that names none', () =>
  showsOne(
    `defaults: {run: {shell: pwsh}}\n${job(`    steps:\n      - run: istioctl install\n      - run: istioctl upgrade\n        shell: bash -e {0}\n`)}`,
    'istioctl upgrade',
  ));

test('scripts run in the folder that they name', () =>
  showsOne(
    `defaults: {run: {working-directory: deploy}}\n${job(
      `    steps:\n      - run: istioctl install\n      - run: istioctl upgrade\n        working-directory: \${{ github.workspace }}/a b\n`,
    )}`,
    'cd "deploy"\nistioctl install\n---\ncd "a b"\nistioctl upgrade',
  ));

test('an action that runs a command for the step', () =>
  showsOne(
    job(
      `    steps:\n      - uses: nick-fields/retry@v3\n        with:\n          command: istioctl install\n`,
    ),
    'istioctl install',
  ));

test('JavaScript of an action is no shell script', () =>
  assert.deepEqual(
    showShell(
      job(
        `    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: istioctl()\n`,
      ),
    ),
    [],
  ));

test('what a step hands to an action for Istio is known to later steps', () =>
  showsOne(
    job(
      `    steps:\n      - uses: example/setup-istioctl@v1\n        with:\n          version: 1.14.1\n      - run: istioctl install\n`,
    ),
    'example/setup-istioctl version = 1.14.1\nistioctl install',
  ));

test('the output of docker is no template in a workflow', () =>
  showsOne(
    job(`    steps:\n      - run: docker ps --format '{{.ID}}' && istioctl \${{ env.X }}\n`),
    `env_X = ? \`$\{{ env.X }}\` is filled in before the file is used\ndocker ps --format '{{.ID}}' && istioctl $\{env_X}`,
  ));

test('the word of a folded script stands where it is written', () => {
  const text = job(`    steps:\n      - run: >\n          istioctl\n          install\n`);
  const [script] = findShell(text, 'a').sessions[0]?.scripts ?? [];
  assert.equal(script?.text.raw, 'istioctl install\n');
  const { span } = siteOfTraced({ raw: '', stretches: script.text.stretches.slice(2, 3) });
  assert.equal(text.slice(span.start, span.end), 'install');
});
