import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, checkFix, checkPlan, fixTitles } from '../../support/check';
import { command, injected, installed, planned, scripted } from './fixture';

type Row = readonly [words: string, images: readonly string[], proxy?: readonly string[]];

const official = 'docker.io/istio';

const rows: readonly Row[] = [
  // The version of a chart is that of its images (release-builder pkg/build/helm.go).
  [
    'install istiod istio/istiod --version 1.14.1',
    [`${official}/pilot:1.14.1`],
    [`${official}/proxyv2:1.14.1`],
  ],
  ['upgrade --install istiod istio/istiod --version=v1.20.3', [`${official}/pilot:1.20.3`]],
  ['upgrade -i istiod istio/istiod -n istio-system --version 1.20.3 --wait', [`${official}/pilot:1.20.3`]],
  ['template istiod istio-official/istiod --version 1.18.0', [`${official}/pilot:1.18.0`]],
  ['install istiod istiod --repo https://x.io/charts --version 1.22.1', [`${official}/pilot:1.22.1`]],
  ['install istiod oci://gcr.io/istio-release/charts/istiod --version 1.23.0', [`${official}/pilot:1.23.0`]],
  ['install istiod istio/istiod --version 1.30.1', ['registry.istio.io/release/pilot:1.30.1']],
  ['install istiod istio/istiod --version 1.31.0', [`${official}/pilot:1.31.0`]],
  ['install cni istio/cni --version 1.24.1', [`${official}/install-cni:1.24.1`]],
  ['install ztunnel istio/ztunnel --version 1.24.1', [`${official}/ztunnel:1.24.1`]],
  ['install istio-base istio/base --version 1.24.1', []],
  ['install gw istio/gateway --version 1.24.1 --set hub=h', []],
  ['secrets upgrade istiod istio/istiod --version 1.20.3', [`${official}/pilot:1.20.3`]],
  // Charts of a release that lie on the disk.
  [
    'install istiod istio-1.12.2/manifests/charts/istio-control/istio-discovery',
    [`${official}/pilot:1.12.2`],
  ],
  [
    'install cni ./istio-1.12.2/manifests/charts/istio-cni -n kube-system',
    [`${official}/install-cni:1.12.2`],
  ],
  // istiod: below pilot, then global.
  [
    'install istiod istio/istiod --version 1.14.1 --set global.hub=h',
    ['h/pilot:1.14.1'],
    ['h/proxyv2:1.14.1'],
  ],
  [
    'install istiod istio/istiod --version 1.14.1 --set global.hub=h,global.tag=t,pilot.hub=p',
    ['p/pilot:t'],
    ['h/proxyv2:t'],
  ],
  ['install istiod istio/istiod --version 1.14.1 --set hub=h', [`${official}/pilot:1.14.1`]],
  ['install istiod istio/istiod --version 1.23.4 --set hub=h', [`${official}/pilot:1.23.4`]],
  // From 1.24 on at the top as well, but what stands below pilot counts more.
  [
    'install istiod istio/istiod --version 1.24.0 --set hub=h',
    ['h/pilot:1.24.0'],
    [`${official}/proxyv2:1.24.0`],
  ],
  ['install istiod istio/istiod --version 1.24.0 --set hub=h,pilot.hub=p', ['p/pilot:1.24.0']],
  [
    'install istiod istio/istiod --version 1.24.0 --set hub=h,global.hub=g',
    ['h/pilot:1.24.0'],
    ['g/proxyv2:1.24.0'],
  ],
  ['install istiod istio/istiod --version 1.24.0 --set image=a.b/c:1', ['a.b/c:1']],
  [
    'install istiod istio/istiod --version 1.16.0 --set global.variant=debug',
    [`${official}/pilot:1.16.0-debug`],
  ],
  ['install istiod istio/istiod --version 1.15.0 --set global.variant=debug', [`${official}/pilot:1.15.0`]],
  [
    'install istiod istio/istiod --version 1.20.0 --set global.proxy.image=a.b/c:1',
    [`${official}/pilot:1.20.0`],
    ['a.b/c:1'],
  ],
  [
    'install istiod istio/istiod --version 1.20.0 --set revision=canary --set pilot.image=x',
    [`${official}/x:1.20.0`],
  ],
  // cni: as istiod.
  ['install cni istio/cni --version 1.14.1 --set cni.hub=c,global.hub=g', ['c/install-cni:1.14.1']],
  ['install cni istio/cni --version 1.23.0 --set hub=h', [`${official}/install-cni:1.23.0`]],
  ['install cni istio/cni --version 1.24.0 --set hub=h', ['h/install-cni:1.24.0']],
  // ztunnel: at the top; what is global counts from 1.24 on.
  ['install ztunnel istio/ztunnel --version 1.20.0 --set hub=h,tag=t', ['h/ztunnel:t']],
  ['install ztunnel istio/ztunnel --version 1.23.0 --set global.hub=h', [`${official}/ztunnel:1.23.0`]],
  ['install ztunnel istio/ztunnel --version 1.24.0 --set global.hub=h', ['h/ztunnel:1.24.0']],
  ['install ztunnel istio/ztunnel --version 1.24.0 --set global.hub=g,hub=h', ['h/ztunnel:1.24.0']],
  // The charts' own profiles.
  [
    'install cni istio/cni --version 1.22.0 --set profile=ambient',
    [`${official}/install-cni:1.22.0-distroless`],
  ],
  ['install cni istio/cni --version 1.21.0 --set profile=ambient', [`${official}/install-cni:1.21.0`]],
  [
    'install ztunnel istio/ztunnel --version 1.21.0 --set profile=ambient',
    [`${official}/ztunnel:1.21.0-distroless`],
  ],
  [
    'install ztunnel istio/ztunnel --version 1.23.0 --set global.profile=ambient',
    [`${official}/ztunnel:1.23.0-distroless`],
  ],
  [
    'install istiod istio/istiod --version 1.25.0 --set profile=ambient',
    [`${official}/pilot:1.25.0-distroless`],
  ],
  ['install istiod istio/istiod --version 1.24.0 --set profile=remote', []],
  // Helm's own syntax, and the order of its flags: set-json, set, set-string, set-literal.
  ['install istiod istio/istiod --version 1.20.0 --set global.tag=1.10', [`${official}/pilot:1.10`]],
  [
    'install istiod istio/istiod --version 1.20.0 --set-string global.tag=a --set global.tag=b',
    [`${official}/pilot:a`],
  ],
  [
    'install istiod istio/istiod --version 1.20.0 --set-literal global.tag=a --set-string global.tag=b',
    [`${official}/pilot:a`],
  ],
  [
    'install istiod istio/istiod --version 1.20.0 --set-json global={"hub":"j"} --set global.tag=b',
    ['j/pilot:b'],
  ],
  [
    'install istiod istio/istiod --version 1.20.0 --set global.tag=a --set global.tag=b',
    [`${official}/pilot:b`],
  ],
  // Values files in their order, below the flags.
  ['install istiod istio/istiod --version 1.20.0 -f a.yaml', ['a/pilot:1.1'], ['a/proxyv2:1.1']],
  ['install istiod istio/istiod --version 1.20.0 --values a.yaml,b.yaml', ['b/pilot:1.1']],
  ['install istiod istio/istiod --version 1.20.0 -f b.yaml -f a.yaml', ['a/pilot:1.1']],
  ['install istiod istio/istiod --version 1.20.0 -f a.yaml --set global.hub=s', ['s/pilot:1.1']],
];

const table = {
  'a.yaml': 'global:\n  hub: a\n  tag: 1.10\n',
  'b.yaml': 'global: { hub: b }\n',
};

for (const [words, images, proxy] of rows)
  test(`helm ${words}`, () => {
    const plan = planned(command(`helm ${words}`), {}, table);
    assert.deepEqual(installed(plan), images);
    if (proxy !== undefined) assert.deepEqual(injected(plan), proxy);
    assert.deepEqual(plan.gaps, []);
  });

const gaps: readonly (readonly [words: string, what: string, why: RegExp])[] = [
  [
    'install istiod istio/istiod',
    'version',
    /chart istiod, and without a version it is the newest one of the day/,
  ],
  ['install istiod istio/istiod --version ^1.20.0', 'version', /\^1\.20\.0 stands for the newest release/],
  [
    'install istiod istio/istiod --version ~1.20.0',
    'version',
    /the tag of the images comes from the chart istiod/,
  ],
  ['install istiod istio/istiod --version $V', 'version', /its version \$V is not known/],
  ['install istiod ./charts/istiod', 'version', /nothing here tells its version/],
  ['install istiod istio/istiod --version 1.20.0 --set global.hub=$H', 'hub', /the hub \$H is not known/],
  ['install istiod istio/istiod --version 1.20.0 --set hub', 'values', /Helm can't read --set hub/],
  [
    'install istiod istio/istiod --version 1.20.0 --set-json global={',
    'values',
    /Helm can't read --set-json/,
  ],
  ['install istiod istio/istiod --version 1.20.0 $ARGS', 'values', /\$ARGS may hold further flags/],
  [
    'install istiod istio/istiod --version 1.20.0 --set $ARGS',
    'values',
    /what --set \$ARGS sets is not known/,
  ],
  ['upgrade istiod istio/istiod --version 1.20.0 --reuse-values', 'values', /values of the release before/],
  ['install istiod istio/istiod --version 1.20.0 -f none.yaml', 'file', /none\.yaml can't be read/],
  ['install istiod istio/istiod --version 1.20.0 -f https://x.io/a.yaml', 'file', /does not fetch/],
  ['install istiod istio/istiod --version 1.20.0 -f -', 'file', /standard input/],
  ['install istiod istio/istiod --version 1.20.0 -f list.yaml', 'file', /it is no map of values/],
];

for (const [words, what, why] of gaps)
  test(`open: helm ${words}`, () => {
    const [gap, ...rest] = planned(command(`helm ${words}`), {}, { 'list.yaml': '- a\n' }).gaps;
    assert.equal(gap?.what, what);
    assert.match(gap?.why ?? '', why);
    assert.deepEqual(rest, []);
  });

const none: readonly string[] = [
  'helm install redis stable/redis --namespace istio-system',
  'helm install gateway nginx/gateway',
  'helm install cni cilium/cni',
  'helm uninstall istiod',
  'helm repo add istio https://x.io',
  'helm show values istio/istiod',
  'helm pull istio/istiod --version 1.20.0',
  'helm install istiod istio/istiod --dry-run',
  'helm upgrade istiod istio/istiod --dry-run=server',
  'helm template istiod istio/istiod | kubectl delete -f -',
  'helm install istio/istiod --help',
  'helm lint istio/istiod',
];

for (const line of none)
  test(`no install: ${line}`, () => assert.throws(() => planned(command(line)), /no install/));

test('a chart on the disk is of the release that was downloaded', () => {
  const script = scripted(
    'cd istio-1.13.2\nhelm install istiod manifests/charts/istio-control/istio-discovery',
  );
  assert.deepEqual(installed(planned(script)), [`${official}/pilot:1.13.2`]);
});

test("the user's setting tells the version where the command does not", () => {
  const script = command('helm install istiod istio/istiod');
  assert.deepEqual(installed(planned(script, { istioVersion: '1.19.1' })), [`${official}/pilot:1.19.1`]);
});

test('scripts: loops, wrappers, heredocs, values files', () =>
  checkPlan(
    `
--- install.sh
helm upgrade --install istio-base istio/base --version 1.20.1
for chart in istiod cni; do
  retry 5 helm upgrade --install "istio-$chart" "istio/$chart" --version 1.20.1 -f conf/values.yaml
done
cat <<EOF | $HELM install istiod istio/istiod --version 1.20.1 -f -
pilot:
  tag: mine
EOF
cat > mine.yaml <<EOF
hub: \${HUB:-h}
EOF
sudo -E helm install ztunnel istio/ztunnel --version 1.22.1 --values=mine.yaml
bash -c "helm install cni istio/cni --version 1.22.1"
helm install redis stable/redis
--- conf/values.yaml
global:
  hub: example.com/istio
`,
    [
      'Deployment/istiod example.com/istio/pilot:1.20.1',
      'Pod/* example.com/istio/proxyv2:1.20.1',
      'DaemonSet/istio-cni-node example.com/istio/install-cni:1.20.1',
      'Deployment/istiod docker.io/istio/pilot:mine',
      'Pod/* docker.io/istio/proxyv2:1.20.1',
      'DaemonSet/ztunnel h/ztunnel:1.22.1',
      'DaemonSet/istio-cni-node docker.io/istio/install-cni:1.22.1',
    ],
  ));

test('pipelines: commands in YAML', () =>
  checkPlan(
    `
--- .github/workflows/mesh.yaml
jobs:
  mesh:
    steps:
      - run: helm upgrade -i istiod istio/istiod --version 1.20.1
`,
    ['Deployment/istiod docker.io/istio/pilot:1.20.1', 'Pod/* docker.io/istio/proxyv2:1.20.1'],
  ));

for (const fence of ['bash', ''])
  test(`commands in a block of Markdown ${fence}`, () =>
    checkPlan(
      `
--- README.md
Install the mesh:

\`\`\`${fence}
helm repo add istio https://istio-release.storage.googleapis.com/charts
helm install cni istio/cni \\
  --version 1.20.1
\`\`\`
`,
      ['DaemonSet/istio-cni-node docker.io/istio/install-cni:1.20.1'],
    ));

test('Make and Docker', () =>
  checkPlan(
    `
--- Makefile
VERSION ?= 1.20.1
mesh:
\thelm upgrade -i cni istio/cni --version $(VERSION)
--- Dockerfile
RUN ["helm", "install", "cni", "istio/cni", "--version", "1.21.1"]
`,
    [
      'DaemonSet/istio-cni-node docker.io/istio/install-cni:1.20.1',
      'DaemonSet/istio-cni-node docker.io/istio/install-cni:1.21.1',
    ],
  ));

test('a hub that goes away is replaced where the chart brings it', () =>
  checkFix(
    `
platform: linux/amd64
--- install.sh
helm install cni istio/cni --version 1.30.0
`,
    'hub to docker.io/istio',
    '\nhelm install cni istio/cni --version 1.30.0 --set global.hub=docker.io/istio\n',
  ));

test('a tag that YAML reads as a number is quoted in the values file', () =>
  checkFix(
    `
docker.io/istio/install-cni:1.1 linux/arm64
docker.io/istio/install-cni:1.10 linux/arm64
--- install.sh
helm install cni istio/cni --version 1.20.1 -f values.yaml
--- values.yaml
global:
  tag: 1.10
`,
    'in quotes',
    '\n--- values.yaml\nglobal:\n  tag: "1.10"\n',
  ));

test('what is wrong stands under the version of the chart', () =>
  check(`
--- install.sh
VERSION=1.14.1
#       ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
helm install istiod istio/istiod --version "$VERSION"
`));

test('what is wrong stands in the values file', () =>
  check(`
--- install.sh
helm install istiod istio/istiod --version 1.20.1 -f values.yaml
--- values.yaml
global:
  tag: 1.14.1
#      ^^^^^^ platform-unsupported: docker.io/istio/pilot:1.14.1
`));

test('the version of the chart is raised where it is written', () =>
  checkFix(
    `
--- install.sh
VERSION=1.14.1
helm install istiod istio/istiod --version "$VERSION"
`,
    'Move to Istio 1.15.7',
    `
VERSION=1.15.7
helm install istiod istio/istiod --version "$VERSION"
`,
  ));

test('a hub is set with --set global.hub', () =>
  checkFix(
    `
ghcr.io/resf/istio/pilot:1.14.1 linux/amd64 linux/arm64
ghcr.io/resf/istio/proxyv2:1.14.1 linux/amd64 linux/arm64
--- install.sh
helm install istiod istio/istiod --version 1.14.1 --wait
`,
    'hub to ghcr.io/resf/istio',
    `
helm install istiod istio/istiod --version 1.14.1 --wait --set global.hub=ghcr.io/resf/istio
`,
  ));

test('a written tag is replaced in the values file', async () => {
  const source = `
--- install.sh
helm install istiod istio/istiod --version 1.20.1 -f values.yaml
--- values.yaml
global:
  tag: 1.14.1
`;
  assert.match((await fixTitles(source)).join('\n'), /1\.15\.7/);
  await checkFix(source, '1.15.7', '\n--- values.yaml\nglobal:\n  tag: 1.15.7\n');
});
