import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conformanceFolder, skip, table } from '../support/conformance';
import { command, planned } from './istio/fixture';

/** The node affinity about the architecture that `istioctl manifest generate` renders in Istio's own golden tests. */
interface Golden {
  readonly id: string;
  readonly version: string;
  readonly input: string | null;
  readonly flags: string;
  readonly archConstraints:
    | readonly {
        readonly workload: string;
        readonly affinityArch: readonly { readonly operator: string; readonly values: readonly string[] }[];
      }[]
    | null;
}

const folder = join(conformanceFolder ?? '', 'istio-golden');

test('Istio keeps the same pods to the same nodes', { skip }, async t => {
  const { cases }: { readonly cases: readonly Golden[] } = table('istio-golden/cases.json');
  const told = cases.filter(({ archConstraints }) => archConstraints !== null);
  assert.ok(told.length >= 20);
  for (const { id, version, input, flags, archConstraints } of told) {
    const line = `istioctl manifest generate ${input === null ? '' : `-f ${input}`} ${flags}`;
    const inputs = input === null ? {} : { [input]: readFileSync(join(folder, input), 'utf8') };
    const { images } = planned(command(line.trim()), { istioVersion: version }, inputs);
    await t.test(id, () => {
      for (const { workload, affinityArch } of archConstraints ?? []) {
        const use = images.find(image => image.workload === workload);
        assert.ok(use, `${workload} is installed`);
        assert.deepEqual(
          [...(use.nodes?.architectures ?? [])].sort(),
          affinityArch[0]?.values ?? [],
          workload,
        );
      }
    });
  }
});
