import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ImageUse, InstallPlan } from '../../server/src/core/install';
import { command, planned, shown } from './istio/fixture';

/** One run of `istioctl manifest generate` in Istio's own tests, and the images in its golden output. */
interface Golden {
  readonly id: string;
  readonly version: string;
  readonly input: string | null;
  readonly flags: string;
  readonly compare: 'equal' | 'subset';
  readonly images: readonly string[];
  readonly workloads: readonly { workload: string; container: string; image: string; init?: boolean }[];
}

const folder = join(process.env.MESHFIT_CONFORMANCE ?? '', 'istio-golden');
const cases = process.env.MESHFIT_CONFORMANCE === undefined ? undefined : readCases();

/**
 * Istio's golden files are cut down to some workloads (`diffSelect` in manifest-generate_test.go) in these groups, so
 * that an image which only others pull is rightly not in them.
 */
const cutDown =
  /-(ztunnel|ztunnel_tolerations|helm_values_enablement|istio-cni|istio-cni_tolerations)$|^1\.6\.0-(addon_k8s_override|flag_set_values|ingressgateway_k8s_settings)$/;

/**
 * The one case that is allowed to differ, in nothing but the variant. Its golden file was rendered with a copy of the
 * charts that is older than the release (data-snapshot.tar.gz): that copy has no `variant: distroless` in the profile
 * ambient, which the charts of 1.22 and later have, so that an istioctl 1.24.0 installs `ztunnel:latest-distroless`.
 */
const olderCharts = '1.24.0-ztunnel';

test('Istio renders the same images', {
  skip: cases === undefined ? 'set MESHFIT_CONFORMANCE' : false,
}, async t => {
  for (const golden of cases ?? []) {
    const name =
      golden.id === olderCharts
        ? `${golden.id}, but for the variant: rendered with charts older than 1.24.0`
        : golden.id;
    await t.test(name, () => compare(golden, planOf(golden)));
  }
});

function readCases(): readonly Golden[] {
  const path = join(folder, 'cases.json');
  assert.ok(existsSync(path), `${path} is missing`);
  return JSON.parse(readFileSync(path, 'utf8')).cases;
}

function planOf({ version, input, flags }: Golden): InstallPlan {
  const line = `istioctl manifest generate ${input === null ? '' : `-f ${input}`} ${flags}`;
  const table = input === null ? {} : { [input]: readFileSync(join(folder, input), 'utf8') };
  const defaultHub = version === '1.30.0' ? 'registry.istio.io/testing' : 'gcr.io/istio-testing';
  return planned(command(line), { istioVersion: version, defaultHub, defaultTag: 'latest' }, table);
}

function compare(golden: Golden, plan: InstallPlan): void {
  const uses = plan.images.filter(use => use.when === 'install');
  const differs = golden.id === olderCharts;
  // Once the golden file has the variant, the case need not be allowed to differ any more.
  if (differs) assert.ok(uses.some(use => shown(use) === `${golden.images[0]}-distroless`));
  const imageOf = (use: ImageUse): string => (differs ? shown(use).replace(/-distroless$/, '') : shown(use));
  const found = new Map(uses.map(use => [`${use.workload} ${use.container}`, imageOf(use)]));
  for (const { workload, container, image, init } of golden.workloads)
    if (init !== true) assert.equal(found.get(`${workload} ${container}`), image, `${workload} ${container}`);
  if (golden.compare === 'subset' || cutDown.test(golden.id)) return;
  assert.deepEqual([...new Set(found.values())].sort(), [...golden.images].sort());
}
