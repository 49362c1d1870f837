import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { startRegistry } from '../../demo/registry';
import { firstMessage, startSession } from '../support/languageServer';

const uri = 'file:///workspace/istio.yaml';
const text = [
  'apiVersion: install.istio.io/v1alpha1',
  'kind: IstioOperator',
  'spec: {profile: minimal, hub: docker.io/istio, tag: 1.14.1}',
].join('\n');

/** A folder that an editor gives to the server, and a registry that counts. */
async function world(t: test.TestContext) {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'meshfit-storage-'));
  const registry = await startRegistry();
  t.after(async () => {
    await registry.close();
    rmSync(cacheFolder, { recursive: true });
  });
  const start = async () => {
    const mirrors = { 'docker.io': registry.url, 'ghcr.io': registry.url };
    const session = await startSession({ mirrors }, undefined, { cacheFolder });
    await session.open(uri, text);
    await session.diagnostics(({ diagnostics }) => diagnostics.some(({ severity }) => severity === 1));
    return session;
  };
  const paths = () => registry.requests().map(({ path }) => path);
  return { cacheFolder, start, paths };
}

test('answers are kept in the folder of the editor, and the next server shows them without a request', async t => {
  const { cacheFolder, start, paths } = await world(t);
  await (await start()).stop();
  assert.deepEqual(readdirSync(cacheFolder), ['answers.json']);
  const before = paths();
  assert.ok(before.some(path => path.startsWith('/v2/istio/pilot/manifests/1.14.1')));
  await (await start()).stop();
  assert.deepEqual(
    paths()
      .slice(before.length)
      .filter(path => path.startsWith('/v2/istio/pilot/manifests/1.14.1')),
    [],
  );
});

test('forgetting asks the registry again, also for what is on disk', async t => {
  const { start, paths } = await world(t);
  await (await start()).stop();
  const session = await start();
  t.after(session.stop);
  const before = paths().length;
  await session.connection.sendRequest('meshfit/forget');
  const published = await session.diagnostics(({ diagnostics }) => diagnostics[0]?.severity === 1);
  assert.match(firstMessage(published), /linux\/amd64 only/);
  const again = paths().slice(before);
  assert.ok(
    again.some(path => path.startsWith('/v2/istio/pilot/manifests/1.14.1')),
    again.join('\n'),
  );
});
