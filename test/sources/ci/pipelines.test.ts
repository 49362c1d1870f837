import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showShell, showsOne } from './showShell';

const install = 'istioctl install';

test('Azure: steps, with variables as a map, macros and compile-time expressions', () =>
  showsOne(
    `parameters:
- name: hub
  type: string
  default: ghcr.io/a
variables:
  istioVersion: 1.14.1
stages:
- stage: a
  jobs:
  - job: b
    steps:
    - script: curl -L https://istio.io/downloadIstio | ISTIO_VERSION=$(istioVersion) sh -
    - task: Bash@3
      inputs:
        targetType: inline
        script: |
          cd istio-\${{ variables.istioVersion }}
          istioctl install --set hub=\${{ parameters.hub }} -d $(pwd) $(Build.Id)
    - bash: echo $ISTIOVERSION
    - powershell: istioctl upgrade
`,
    `istioVersion = 1.14.1
ISTIOVERSION = 1.14.1
curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh -
---
istioVersion = 1.14.1
ISTIOVERSION = 1.14.1
cd istio-1.14.1
istioctl install --set hub=ghcr.io/a -d $(pwd) $(Build.Id)
---
istioVersion = 1.14.1
ISTIOVERSION = 1.14.1
echo $ISTIOVERSION`,
  ));

test('Azure: variables as a list, and tasks for PowerShell', () =>
  showsOne(
    `variables:
- group: secret
- name: hub
  value: ghcr.io/a
steps:
- task: PowerShell@2
  inputs: {script: istioctl install}
- task: AzureCLI@2
  inputs: {scriptType: pscore, inlineScript: istioctl install}
- task: AzureCLI@2
  inputs: {scriptType: bash, inlineScript: istioctl install --set hub=$(hub)}
`,
    'hub = ghcr.io/a\nHUB = ghcr.io/a\nistioctl install --set hub=ghcr.io/a',
  ));

test('Azure: variables that are computed are not known', () =>
  showsOne(
    'variables:\n  A: $[ dependencies.a.outputs.b ]\n  B: $(group)/istio\nsteps:\n- script: istioctl install\n',
    'A = ? $[ dependencies.a.outputs.b ] is a variable of the pipeline\nB = ? $(group) is a variable of the pipeline\nistioctl install',
  ));

test('Azure: the legs of a matrix are variables', () =>
  assert.deepEqual(
    showShell(
      'strategy:\n  matrix:\n    old: {v: 1.13.2}\n    new: {v: 1.14.1}\nsteps:\n- script: istioctl-$(v) install\n',
    ),
    ['v = 1.13.2\nV = 1.13.2\nistioctl-1.13.2 install', 'v = 1.14.1\nV = 1.14.1\nistioctl-1.14.1 install'],
  ));

test('Buildkite: a step runs for each combination, all values in one session', () =>
  showsOne(
    'steps:\n  - command: istioctl-{{matrix}} install\n    matrix: [1.13.2, 1.14.1]\n',
    `matrix = 1.13.2 | 1.14.1\nistioctl-$\{matrix} install`,
  ));

test('CircleCI: commands of steps, parameters and environments', () =>
  showsOne(
    `version: 2.1
parameters:
  tag: {type: string, default: 1.14.1}
jobs:
  a:
    parameters:
      hub: {type: string, default: ghcr.io/a}
      other: {type: string}
    environment: {A: 1}
    steps:
      - checkout
      - run: cat <<EOF >> f
      - run:
          name: install
          environment: {B: 2}
          command: istioctl install --set tag=<< pipeline.parameters.tag >> --set hub=<<parameters.hub>> << parameters.other >>
`,
    `A = 1
cat <<EOF >> f
---
A = 1
B = 2
parameters_other = ? \`<< parameters.other >>\` is given by whoever starts the run
istioctl install --set tag=1.14.1 --set hub=ghcr.io/a \${parameters_other}`,
  ));

test('Buildkite: one command, or lines of them', () =>
  showsOne(
    'env: {A: 1}\nsteps:\n  - command: istioctl install\n  - commands:\n      - cd istio-1.14.1\n      - istioctl upgrade\n    env: {B: 2}\n  - command: ["a b", "c d"]\n',
    'A = 1\nistioctl install\n---\nA = 1\nB = 2\ncd istio-1.14.1\nistioctl upgrade\n---\nA = 1\na b\nc d',
  ));

test('Tekton: scripts by their first line, with parameters', () =>
  showsOne(
    `kind: Task
spec:
  params:
    - name: tag
      default: 1.14.1
    - name: hub
  steps:
    - image: istio/istioctl:1.13.0
      script: |
        #!/usr/bin/env bash
        istioctl install --set tag=$(params.tag) --set hub=$(params.hub)
    - script: |
        #!/usr/bin/env python3
        istioctl = 1
`,
    'container image = istio/istioctl:1.13.0\n' +
      'params_hub = ? `$(params.hub)` is given by whoever starts the run\n' +
      `#!/usr/bin/env bash\nistioctl install --set tag=1.14.1 --set hub=$\{params_hub}`,
  ));

test('Travis: all phases in the order in which they run', () =>
  showsOne(
    'env:\n  global: [A=1]\n  jobs:\n    - ISTIO_VERSION=1.13.2 B="x"\n    - ISTIO_VERSION=1.14.1 B="y"\nscript:\n  - istioctl install\nbefore_install: cd istio\n',
    '+ A = 1\nISTIO_VERSION = 1.13.2 | 1.14.1\nB = x | y\ncd istio\nistioctl install',
  ));

test('Drone and Bitbucket: lists of lines in steps', () => {
  assert.deepEqual(
    showShell('kind: pipeline\nsteps:\n- name: a\n  commands:\n  - cd a\n  - istioctl install\n'),
    ['cd a\nistioctl install'],
  );
  assert.deepEqual(
    showShell(
      'pipelines:\n  default:\n    - step:\n        script:\n          - cd a\n          - istioctl install\n',
    ),
    ['+ cd a\nistioctl install'],
  );
});

test('Taskfile: every command on its own, with variables of templates', () =>
  showsOne(
    'version: \'3\'\nvars:\n  V: 1.14.1\n  X: {sh: date}\ntasks:\n  mesh:\n    cmds:\n      - istioctl-{{.V}} install --set tag={{.X}} {{if .Y}}-y{{end}}\n      - task: b\n      - cmd: istioctl upgrade --set hub={{.HUB | default "ghcr.io/a"}}\n',
    `X = ? \`{{.X}}\` is filled in before the file is used\nistioctl-1.14.1 install --set tag=$\{X} -y\n---\nistioctl upgrade --set hub=ghcr.io/a`,
  ));

test('a template has another name than the variables of the script', () =>
  showsOne(
    'tasks:\n- shell: |\n    TAG=x\n    istioctl install --set tag={{ TAG }}\n',
    `TAG_2 = ? \`{{ TAG }}\` is filled in before the file is used\nTAG=x\nistioctl install --set tag=$\{TAG_2}`,
  ));

test('Ansible: modules by their long names too, with Jinja', () =>
  showsOne(
    `- hosts: all
  vars: {istio: {version: 1.14.1}, hub: ghcr.io/a}
  tasks:
    - name: download
      ansible.builtin.shell: curl -L https://istio.io/downloadIstio | ISTIO_VERSION={{ istio.version }} sh -
    - shell:
        cmd: istioctl install --set hub={{ hub }} --set tag={{ tag }}
        chdir: istio-{{ istio.version }}
    - command: istioctl upgrade
      args: {chdir: deploy}
    - ansible.builtin.command:
        argv: [istioctl, install, '{{ flag }}']
`,
    `curl -L https://istio.io/downloadIstio | ISTIO_VERSION=1.14.1 sh -
---
tag = ? \`{{ tag }}\` is filled in before the file is used
cd "istio-1.14.1"
istioctl install --set hub=ghcr.io/a --set tag=\${tag}
---
cd "deploy"
istioctl upgrade
---
flag = ? \`{{ flag }}\` is filled in before the file is used
'istioctl' 'install' ''"\${flag}"''`,
  ));

test('cloud-init: lines, and lists of words', () =>
  showsOne(
    '#cloud-config\nruncmd:\n  - cd istio-1.14.1\n  - [istioctl, install, -y]\n  - [sh, -c, "echo a"]\n',
    "+ cd istio-1.14.1\n'istioctl' 'install' '-y'\necho a",
  ));

test('package.json: every script on its own', () =>
  assert.deepEqual(
    showShell(`{"scripts": {"a": "${install}", "b": "echo \\"x\\"", "c": "istioctl upgrade"}}`),
    ['istioctl install', 'istioctl upgrade'],
  ));

test('kuttl and Chainsaw: commands and scripts of a test', () => {
  assert.deepEqual(
    showShell('kind: TestStep\ncommands:\n  - script: |\n      cd a\n  - command: istioctl install\n'),
    ['cd a\n---\nistioctl install'],
  );
  assert.deepEqual(
    showShell(
      'kind: Test\nspec:\n  steps:\n  - try:\n    - script:\n        content: |\n          cd a\n    - command:\n        entrypoint: istioctl\n        args: [install, -y]\n',
    ),
    ["cd a\n---\nistioctl 'install' '-y'"],
  );
});
