import assert from 'node:assert/strict';
import test from 'node:test';
import { isPublicAddress } from '../../server/src/registry/addresses';
import { type Challenge, parseChallenges } from '../../server/src/registry/challenge';
import { authorityOf, isLoopback, urlOfHost } from '../../server/src/registry/hostUrl';
import { chooseScheme } from '../../server/src/registry/scheme';
import { tokenRequest } from '../../server/src/registry/tokenRequest';
import { asked, registryFor } from '../support/askRegistry';
import { rowsOf, skip } from '../support/conformance';
import { fakeInternet } from '../support/fakeInternet';
import { index } from '../support/fakeRegistry';

/** What a check gives for a row about something that Meshfit never does, as pushing. */
const notOurs = 'not ours';

/** Checks every row of a kind, and says for how many of them there was something to check. */
function everyRow<Input, Expect>(
  kind: string,
  check: (input: Input, expect: Expect, t: test.TestContext) => unknown,
): void {
  test(`challenge-cases ${kind}`, { skip }, async t => {
    const table = rowsOf<Input, Expect>('challenge-cases.json', kind);
    let checked = 0;
    for (const { input, expect } of table) if ((await check(input, expect, t)) !== notOurs) checked += 1;
    assert.notEqual(checked, 0);
    t.diagnostic(`${t.name}: ${checked}/${table.length}`);
  });
}

type Params = Readonly<Record<string, string>> | null;

const sameParams = ({ parameters }: Challenge, params: Params, row: string) =>
  assert.deepEqual(Object.fromEntries(parameters), params ?? {}, row);

// Its parser gives the first challenge, as one of a few schemes; ours gives an unknown scheme its own name.
everyRow<readonly string[], { scheme: string; params: Params }>(
  'challenge.oras',
  (input, { scheme, params }) => {
    const [first] = parseChallenges(input);
    if (scheme === 'unknown') return assert.notEqual(first?.scheme, 'bearer');
    assert.equal(first?.scheme, scheme, input.join());
    if (scheme === 'bearer' && first !== undefined) sameParams(first, params, input.join());
  },
);

interface Listed {
  readonly error?: string;
  readonly challenges?: readonly { readonly scheme: string; readonly params: Params }[];
}

everyRow<readonly string[], Listed>('challenge.regclient', (input, { error, challenges = [] }) => {
  const found = parseChallenges(input);
  const row = input.join();
  // RFC 9110 11.6.1 knows no quotes around a scheme or a name; nothing is understood rather than guessed.
  if (row.startsWith('"')) return assert.deepEqual(found, []);
  // Where it fails, ours keeps what was complete; a comma that is missing does no harm.
  if (error !== undefined)
    return assert.deepEqual(
      found.map(({ scheme }) => scheme),
      ['basic'],
      row,
    );
  assert.deepEqual(
    found.map(({ scheme }) => scheme),
    challenges.map(({ scheme }) => scheme),
    row,
  );
  for (const [number, { params }] of challenges.entries()) {
    const challenge = found[number];
    if (challenge !== undefined) sameParams(challenge, params, row);
  }
});

interface Ping {
  readonly status: number;
  readonly wwwAuthenticate: readonly string[];
}

// We never ping: the same headers come with the answer to a manifest. Schemes that only others know are refused by name.
everyRow<Ping, { scheme?: string; error?: string }>(
  'ggcr.ping',
  ({ status, wwwAuthenticate }, { scheme }) => {
    if (status !== 401) return notOurs;
    const endpoint = {
      name: 'r.example',
      root: new URL('http://127.0.0.1/v2/'),
      prefix: '',
      stripped: '',
      credentials: 'r.example',
    };
    const chosen = chooseScheme(parseChallenges(wwwAuthenticate), endpoint, () => false);
    const offered = parseChallenges(wwwAuthenticate).map(each => each.scheme);
    if (scheme === 'basic') assert.equal(chosen.kind, 'basic');
    // This row names a token server without TLS elsewhere, which we do not ask.
    if (scheme === 'bearer') assert.ok(chosen.kind === 'trouble' && /not reached by https/.test(chosen.why));
    if (scheme === 'negotiate') assert.ok(chosen.kind === 'trouble' && offered[0] === 'negotiate');
  },
);

// Where TLS fails nothing is asked without it, not even for those that others take for local names.
everyRow<{ registry: string }, object>('ggcr.pingFallback', ({ registry }) => {
  const url = urlOfHost(registry);
  assert.equal(url?.protocol, registry.endsWith('.localhost') ? 'http:' : 'https:', registry);
});

everyRow<string, { cacheKeyHost: string }>('challengeKey', (input, { cacheKeyHost }) => {
  const expected =
    new URL(`https://${cacheKeyHost}`).hostname + cacheKeyHost.slice(cacheKeyHost.lastIndexOf(':'));
  assert.equal(authorityOf(new URL(input)), expected);
});

// Its caller picks a challenge by the service. Ours takes the first whose scheme is known.
everyRow<readonly string[], { keptServices: readonly string[] }>(
  'challengeFilter',
  (input, { keptServices }) => {
    const services = parseChallenges(input).map(({ parameters }) => parameters.get('service') ?? '');
    assert.equal(services.length, 2);
    assert.deepEqual(
      services.filter(service => keptServices.includes(service)),
      keptServices,
    );
  },
);

everyRow<{ address: string; scheme: string }, { address: string }>(
  'canonicalAddress',
  ({ address, scheme }, expect) => {
    const bracketed = /^[\da-f:]+$/.test(address) && address.includes('::') ? `[${address}]` : address;
    if (!URL.canParse(`${scheme}://${bracketed}`))
      return assert.equal(expect.address, address, 'an address that is none');
    assert.equal(authorityOf(new URL(`${scheme}://${bracketed}`)), expect.address);
  },
);

// What is local by its name or address is never connected to, unless the user has named it. Private networks, which its
// table does not count as local, are refused by us too.
everyRow<{ host: string }, { local: boolean }>('isLocal', ({ host }, { local }) => {
  const { hostname } = new URL(`https://${/^[\da-f:]+$/.test(host) ? `[${host}]` : host}`);
  const refused =
    isLoopback(hostname.replace(/\.$/, '')) || (/^[\d.]+$|^\[/.test(hostname) && !isPublicAddress(hostname));
  assert.ok(refused || !local, host);
});

// Plain http is only for this machine, so what comes from http elsewhere does not happen.
everyRow<{ from: string; to: string }, { allowed: boolean }>(
  'redirect',
  async ({ from, to }, { allowed }, t) => {
    const { protocol, host } = new URL(from);
    if (protocol === 'http:') return notOurs;
    const followed: string[] = [];
    const fake = await fakeInternet(t, request => {
      if (request.host !== host) followed.push(request.host);
      return request.host === host ? { status: 302, headers: { location: `${to}/` } } : index('linux/arm64');
    });
    const said = await asked(registryFor([host], { transport: fake.transport }), `${host}/a/b:1`);
    assert.equal(followed.length > 0, allowed, said);
  },
);

everyRow<{ realm: string; service: string; scope?: string }, { scopes: readonly string[] }>(
  'tokenOptions',
  ({ realm, service }, { scopes }) => {
    // Others ask for whatever the challenge says. Ours asks to pull from the repository that is wanted, and from it alone.
    const repository = scopes[0]?.split(':')[1] ?? 'foo/bar';
    const server = { realm: new URL(realm), service, trusted: true };
    const wish = {
      server,
      credential: undefined,
      repositories: [repository],
      method: 'GET',
      maxBytes: 1,
    } as const;
    const { searchParams } = tokenRequest(wish).url;
    assert.deepEqual(searchParams.getAll('scope'), [scopes[0] ?? 'repository:foo/bar:pull']);
    assert.equal(searchParams.get('service'), service);
  },
);

/** The scopes that we would ask for, to read these repositories. */
function scopesFor([first, ...others]: readonly string[]): readonly string[] {
  if (first === undefined) return [];
  const server = { realm: new URL('https://r.example/'), service: '', trusted: true };
  const repositories = [first, ...others] as const;
  const wish = { server, credential: undefined, repositories, method: 'GET', maxBytes: 1 } as const;
  return tokenRequest(wish).url.searchParams.getAll('scope');
}

// We never push, so of the scopes of others only those to pull can be compared.
everyRow<{ repository?: string; actions?: readonly string[] }, { want: string | null }>(
  'scope.repository',
  ({ repository, actions = [] }, { want }) => {
    if (repository === undefined || actions.join() !== 'pull') return notOurs;
    assert.deepEqual(scopesFor([repository]), [want]);
  },
);

everyRow<{ scopes?: readonly string[] }, { want: readonly string[] | null }>(
  'scope.clean',
  ({ scopes = [] }, { want }) => {
    const names = scopes.map(scope => /^repository:(.+):pull$/.exec(scope)?.[1]);
    if (!names.every(name => name !== undefined)) return notOurs;
    assert.deepEqual(scopesFor(names), want ?? []);
  },
);

everyRow<{ actions?: readonly string[] }, { want: readonly string[] | null }>(
  'scope.cleanActions',
  ({ actions = [] }, { want }) => {
    if (actions.join() !== 'pull') return notOurs;
    assert.deepEqual(scopesFor(['foo']), [`repository:foo:${want?.join()}`]);
  },
);
