import assert from 'node:assert/strict';
import test from 'node:test';
import { parseArguments } from '../../server/src/cli/arguments';

test('--mirror may be given more than once, also for one registry', () => {
  const flags = [
    'docker.io=https://a.example',
    'quay.io=https://b.example/?a=b',
    'docker.io=https://c.example',
  ];
  const parsed = parseArguments(['check', ...flags.flatMap(flag => ['--mirror', flag])]);
  assert.deepEqual(parsed.kind === 'arguments' && parsed.arguments.settings.mirrors, {
    'docker.io': ['https://a.example', 'https://c.example'],
    'quay.io': ['https://b.example/?a=b'],
  });
});
