import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ImageUse, InstallPlan } from '../../server/src/core/install';
import { conformanceFolder, skip, table } from '../support/conformance';
import { command, planned, shown } from './istio/fixture';

/** One run of `istioctl manifest generate` in Istio's own tests, and the images in its golden output. */
interface Golden {
  readonly id: string;
  readonly version: string;
  readonly input: string | null;
  readonly flags: string;
  readonly images: readonly string[];
  readonly workloads: readonly { workload: string; container: string; image: string; init?: boolean }[];
  /** Where pods may run, by the architectures of nodes; for workloads that say something about it. */
  readonly archConstraints?: readonly Constraint[] | null;
}

interface Constraint {
  readonly workload: string;
  /** Terms of the required nodeAffinity. */
  readonly affinityArch: readonly { readonly key: string; readonly values: readonly string[] }[] | null;
}

/** What a golden file does not show of a run, and why. */
interface Cut {
  readonly cases: RegExp;
  /** The workloads that it shows. All of their images are compared, and no others may be among them. */
  readonly shows: RegExp;
  readonly why: string;
}

// Istio cuts golden files down to the objects that `diffSelect` names in manifest-generate_test.go.
const cuts: readonly Cut[] = [
  {
    cases: /-ztunnel(_tolerations)?$/,
    shows: /^DaemonSet\/ztunnel$/,
    why: 'diffSelect DaemonSet:*:ztunnel leaves out istiod and istio-cni-node of the profile ambient',
  },
  {
    cases: /-istio-cni(_tolerations)?$/,
    shows: /^DaemonSet\/istio-cni-node$/,
    why: 'diffSelect DaemonSet:*:istio-cni-node leaves out the ingress gateway of the profile default',
  },
  {
    cases: /-helm_values_enablement$/,
    shows: /^Deployment\/(istio-egressgateway|kiali|prometheus)$/,
    why: 'diffSelect Deployment:*:istio-egressgateway and addons leaves out istiod and the ingress gateway',
  },
  {
    cases: /^1\.6\.0-(flag_set_values|ingressgateway_k8s_settings)$/,
    shows: /^Deployment\/istio-ingressgateway$/,
    why: 'diffSelect Deployment:*:istio-ingressgateway leaves out istiod and prometheus of the profile default',
  },
  {
    cases: /^1\.6\.0-addon_k8s_override$/,
    shows: /^Deployment\/prometheus$/,
    why: 'diffSelect Deployment:*:prometheus leaves out istiod, the ingress gateway and kiali, which it enables',
  },
];

/**
 * The one image that istioctl renders otherwise than its golden file says, because the file was made with a copy of the
 * charts that is older than the release (data-snapshot.tar.gz). From 1.22 on, the profile ambient has `variant: distroless`
 * in global, and the golden file of 1.30 shows it; the copy that 1.24.0 tests with does not have it yet.
 */
const olderCharts = '1.24.0-ztunnel';

test('Istio renders the same images', { skip }, async t => {
  const { cases }: { readonly cases: readonly Golden[] } = table('istio-golden/cases.json');
  assert.ok(cases.length >= 50);
  for (const golden of cases) {
    const { id } = golden;
    const cut = cuts.find(row => row.cases.test(id));
    const older =
      id === olderCharts ? 'rendered with charts older than 1.24.0, without the variant' : undefined;
    const [name = id] = [[id, cut?.why, older].filter(part => part !== undefined).join(': ')];
    await t.test(name, () => compare(golden, planOf(golden), cut));
  }
});

const folder = join(conformanceFolder ?? '', 'istio-golden');

function planOf({ version, input, flags }: Golden): InstallPlan {
  const line = `istioctl manifest generate ${input === null ? '' : `-f ${input}`} ${flags}`;
  const inputs = input === null ? {} : { [input]: readFileSync(join(folder, input), 'utf8') };
  const defaultHub =
    Number(version.split('.')[1]) >= 30 ? 'registry.istio.io/testing' : 'gcr.io/istio-testing';
  return planned(command(line), { istioVersion: version, defaultHub, defaultTag: 'latest' }, inputs);
}

/** Every image of every workload that the golden file shows, and nothing else. */
function compare(golden: Golden, plan: InstallPlan, cut: Cut | undefined): void {
  const { id, workloads, images } = golden;
  const uses = plan.images.filter(use => use.when === 'install');
  const found = uses.filter(({ workload }) => cut?.shows.test(workload) ?? true);
  // A cut that cuts nothing off has no place in the table.
  if (cut !== undefined) assert.ok(found.length < uses.length, 'nothing was left out');
  // An init container that has the image of the container beside it is not told apart from it.
  const rendered = workloads.map(row => (id === olderCharts ? withVariant(row) : row));
  const main = rendered.filter(row => row.init !== true);
  for (const { init, workload, image } of rendered)
    if (init === true) assert.ok(main.some(row => row.workload === workload && row.image === image));
  assert.deepEqual(
    found.map(use => `${use.workload} ${use.container} ${shown(use)}`).sort(),
    main.map(({ workload, container, image }) => `${workload} ${container} ${image}`).sort(),
  );
  if (id !== olderCharts) assert.deepEqual([...new Set(found.map(shown))].sort(), [...images].sort());
  assert.deepEqual(plan.gaps, []);
  compareNodes(golden, found);
}

/** The architectures that the charts keep the pods of each workload to. */
function compareNodes({ archConstraints }: Golden, found: readonly ImageUse[]): void {
  for (const { workload, nodes } of found) {
    const constraint = archConstraints?.find(row => row.workload === workload);
    const wanted = constraint?.affinityArch?.flatMap(({ values }) => values);
    assert.deepEqual([...(nodes?.architectures ?? [])].sort(), [...(wanted ?? [])].sort(), workload);
  }
}

function withVariant<T extends { readonly image: string }>(row: T): T {
  // Once the golden file has the variant, the case need not be an exception any more.
  assert.ok(!row.image.endsWith('-distroless'));
  return { ...row, image: `${row.image}-distroless` };
}
