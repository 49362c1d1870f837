import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../server/src/core/finding';
import { conflictingVersion } from '../../server/src/rules/conflictingVersion';
import { planned, scripted } from '../meshes/istio/fixture';

/** What the rule says of a script: nothing of it depends on the images. */
const findings = (script: string): readonly Finding[] =>
  conflictingVersion.check(planned(scripted(script)), {
    targets: [],
    judge: () => assert.fail('nothing is asked'),
    remark: () => assert.fail('nothing is asked'),
  });

test('the version that is taken is marked, and every other place is a related line', () => {
  const script =
    'ISTIO_VERSION=1.13.0\ncurl -LO https://x.example/istio-1.12.0-linux.tar.gz\ncd istio-1.14.1\nistioctl install';
  const [finding, ...others] = findings(script);
  assert.ok(finding);
  assert.deepEqual(others, []);
  assert.equal(finding.severity, 'information');
  assert.match(
    finding.message,
    /1\.14\.1 is taken, as written here, but elsewhere it is 1\.12\.0 and 1\.13\.0\. Write/,
  );
  const shown = ({ span }: Finding['site']): string => script.slice(span.start, span.end);
  assert.equal(shown(finding.site), '1.14.1');
  assert.deepEqual(
    finding.related.map(({ site, message }) => `${shown(site)}: ${message}`),
    ['1.12.0: Here it is 1.12.0.', '1.13.0: Here it is 1.13.0.'],
  );
});

test('a download of the newest release is named in words', () => {
  const [finding] = findings(
    'curl -L https://istio.io/downloadIstio | sh -\ncd istio-1.14.1\nistioctl install',
  );
  assert.match(finding?.message ?? '', /elsewhere it is the newest release\./);
});

for (const script of [
  'istioctl install',
  'ISTIO_VERSION=1.14.1\ncd istio-1.14.1\nistioctl install',
  'ISTIO_VERSION=1.14.1\nistioctl install --set tag=1.13.0',
  'ISTIO_VERSION=1.14.1\nistioctl install --revision 1-13-0',
])
  test(`nothing contradicts itself in ${script.replaceAll('\n', '; ')}`, () =>
    assert.deepEqual(findings(script), []));
