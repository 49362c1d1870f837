import assert from 'node:assert/strict';
import test from 'node:test';
import { readSettings } from '../../server/src/core/settings';
import { withoutPassword } from '../../server/src/core/withoutPassword';
import { defaults } from '../../server/src/defaults';
import { containerdMirrors } from '../../server/src/registry/containerdMirrors';
import { containersMirrors } from '../../server/src/registry/containersMirrors';
import { dockerMirrors } from '../../server/src/registry/dockerMirrors';

for (const [address, shown] of [
  ['https://alice:secret@mirror.example/path', 'https://…@mirror.example/path'],
  ['alice:s/e@cret@mirror.example', '…@mirror.example'],
  ['https://mirror.example', 'https://mirror.example'],
] as const)
  test(`${address} is shown as ${shown}`, () => assert.equal(withoutPassword(address), shown));

test('a mirror that is not used is told without its password, wherever it is named', () => {
  const told: string[] = [];
  const tell = (why: string) => void told.push(why);
  const address = 'https://alice:secret@mirror.example';
  for (const { why } of readSettings({ mirrors: { 'docker.io': address } }, defaults).problems) tell(why);
  dockerMirrors(JSON.stringify({ 'registry-mirrors': [address] }), tell);
  containerdMirrors(`[host."${address}"]\nca = "ca.pem"\n`, 'docker.io', tell);
  containersMirrors('[[registry]]\nprefix="docker.io"\nlocation="alice:secret@mirror.example"\n', '', tell);
  assert.equal(told.length, 5);
  for (const why of told) assert.match(why, /^(?!.*secret).*…@mirror\.example/);
});
