import assert from 'node:assert/strict';
import test from 'node:test';
import type { Credential } from '../../server/src/registry/credential';
import { isPublicRegistry, registries, registryAt } from '../../server/src/registry/registries';
import { asked, registryFor } from '../support/askRegistry';
import { fakeInternet, type Meant } from '../support/fakeInternet';
import { type Answer, config, image, index, serve } from '../support/fakeRegistry';

const multi = index('linux/amd64', 'linux/arm64');
const arm = config('linux/arm64');
const content = serve({ '1': multi, single: image(arm) }, [arm]);
const both = 'linux/amd64 linux/arm64';

const errors = (status: number, code: string, message: string, challenge?: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...(challenge && { 'www-authenticate': challenge }) },
  body: JSON.stringify({ errors: [{ code, message }] }),
});

/** A registry that lets in who has a token for the repository, and says `no` to all others. */
const withToken =
  (tokenHost: string, tokenPath: string, challenge: string, isPublic = (_path: string) => true) =>
  (request: Meant): Answer => {
    const { host, path, headers } = request;
    const [, repository = ''] = /^\/v2\/(.*)\/(?:manifests|blobs)\//.exec(path) ?? [];
    if (host === tokenHost && path.startsWith(tokenPath)) return { body: JSON.stringify({ token: 'T' }) };
    return headers.authorization === 'Bearer T' && isPublic(repository)
      ? content(request)
      : errors(401, 'UNAUTHORIZED', 'authentication required', challenge);
  };

/** Registries that are known to want a token: how they challenge, where the token is had, one image of theirs. */
const remembered = [
  {
    image: 'istio/pilot',
    challenge: 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
    token: 'auth.docker.io/token?service=registry.docker.io&scope=repository%3Aistio%2Fpilot%3Apull',
    manifest: 'registry-1.docker.io/v2/istio/pilot',
  },
  {
    image: 'ghcr.io/resf/istio/pilot',
    challenge: 'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull"',
    token: 'ghcr.io/token?service=ghcr.io&scope=repository%3Aresf%2Fistio%2Fpilot%3Apull',
    manifest: 'ghcr.io/v2/resf/istio/pilot',
  },
  {
    image: 'quay.io/maistra/pilot',
    challenge: 'Bearer realm="https://quay.io/v2/auth",service="quay.io"',
    token: 'quay.io/v2/auth?service=quay.io&scope=repository%3Amaistra%2Fpilot%3Apull',
    manifest: 'quay.io/v2/maistra/pilot',
  },
  {
    image: 'public.ecr.aws/istio/pilot',
    challenge: 'Bearer realm="https://public.ecr.aws/token/",service="public.ecr.aws",scope="aws"',
    token: 'public.ecr.aws/token/?service=public.ecr.aws&scope=repository%3Aistio%2Fpilot%3Apull',
    manifest: 'public.ecr.aws/v2/istio/pilot',
  },
  {
    image: 'registry.gitlab.com/mesh/pilot',
    challenge: 'Bearer realm="https://gitlab.com/jwt/auth",service="container_registry"',
    token: 'gitlab.com/jwt/auth?service=container_registry&scope=repository%3Amesh%2Fpilot%3Apull',
    manifest: 'registry.gitlab.com/v2/mesh/pilot',
  },
  {
    image: 'cgr.dev/chainguard/istio-pilot',
    challenge: 'Bearer realm="https://cgr.dev/token",service="cgr.dev"',
    token: 'cgr.dev/token?service=cgr.dev&scope=repository%3Achainguard%2Fistio-pilot%3Apull',
    manifest: 'cgr.dev/v2/chainguard/istio-pilot',
  },
];

for (const { image, challenge, token, manifest } of remembered) {
  test(`${image}: two requests cold, one more for another tag`, async t => {
    const [, tokenHost = '', path = ''] = /^([^/]+)(\/[^?]*)/.exec(token) ?? [];
    const { transport, log } = await fakeInternet(t, withToken(tokenHost, path, challenge));
    const registry = registryFor([], { transport });
    assert.equal(await asked(registry, `${image}:1`), both);
    assert.equal(log(), `GET ${token}\nGET ${manifest}/manifests/1`);
    assert.match(await asked(registry, `${image}:2`), /^absent: /);
    assert.equal(log().split('\n').length, 3);
  });
}

const openOnes = [
  'gcr.io/istio-release/pilot',
  'us-docker.pkg.dev/mesh/images/pilot',
  'registry.istio.io/release/pilot',
];

for (const name of openOnes) {
  test(`${name}: one request where no token is wanted, three where the registry asks for one`, async t => {
    const host = name.split('/')[0] ?? '';
    const open = await fakeInternet(t, content);
    assert.equal(await asked(registryFor([], { transport: open.transport }), `${name}:1`), both);
    assert.equal(open.seen.length, 1);
    // As gcr.io writes it, without quotes.
    const challenge = `Bearer realm="https://${host}/v2/token",service=${host}`;
    const shut = await fakeInternet(t, withToken(host, '/v2/token', challenge));
    assert.equal(await asked(registryFor([], { transport: shut.transport }), `${name}:1`), both);
    assert.equal(shut.seen.length, 3);
  });
}

test('a registry that has moved its token server is believed', async t => {
  const challenge = 'Bearer realm="https://ghcr.io/new-token",service="ghcr.io"';
  const fake = await fakeInternet(t, request =>
    request.path.startsWith('/token')
      ? { status: 404 }
      : withToken('ghcr.io', '/new-token', challenge)(request),
  );
  const registry = registryFor([], { transport: fake.transport });
  assert.equal(await asked(registry, 'ghcr.io/a/b:1'), both);
  assert.equal(fake.seen.length, 4);
  await asked(registry, 'ghcr.io/c/d:1');
  assert.match(
    fake.log(),
    /new-token\?service=ghcr.io&scope=repository%3Ac%2Fd%3Apull\n.*c\/d\/manifests\/1$/,
  );
});

test('registry.k8s.io sends us to a region, without credentials, and a config to a bucket', async t => {
  const fake = await fakeInternet(t, request => {
    const { host, path } = request;
    const to = path.includes('/blobs/') ? 'bucket.s3.amazonaws.com' : 'europe-west1-docker.pkg.dev';
    return host === 'registry.k8s.io'
      ? { status: 307, headers: { location: `https://${to}${path}` } }
      : content(request);
  });
  const registry = registryFor([], { transport: fake.transport });
  assert.equal(await asked(registry, 'registry.k8s.io/pause:single'), 'linux/arm64');
  assert.match(
    fake.log(),
    /GET europe-west1-docker.pkg.dev\/v2\/pause.*\n.*registry.k8s.io.*\n.*bucket.s3.amazonaws/,
  );
});

/** What registries answer to somebody who may not read, and the words that make of it what a person can use. */
const refusals: readonly {
  readonly title: string;
  readonly image: string;
  readonly answer: (request: Meant) => Answer;
  readonly says: RegExp;
}[] = [
  {
    title: 'Docker Hub, a repository that does not exist or is private',
    image: 'istio/nothing',
    answer: withToken(
      'auth.docker.io',
      '/token',
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:istio/nothing:pull",error="insufficient_scope"',
      () => false,
    ),
    says: /^denied: not found, or private: docker.io .*Docker Hub says the same of what does not exist/,
  },
  {
    title: 'GHCR, no token for a private package',
    image: 'ghcr.io/me/private',
    answer: ({ path }) =>
      path.startsWith('/token')
        ? errors(403, 'DENIED', 'requested access to the resource is denied')
        : errors(
            401,
            'UNAUTHORIZED',
            'authentication required',
            'Bearer realm="https://ghcr.io/token",service="ghcr.io"',
          ),
    says: /^denied: not found, or private: ghcr.io .*private until its owner makes it public/,
  },
  {
    title: 'Artifact Registry, a project that does not exist',
    image: 'us-docker.pkg.dev/nobody/images/pilot',
    answer: () =>
      errors(
        403,
        'DENIED',
        'Permission "artifactregistry.repositories.downloadArtifacts" denied on resource (or it may not exist)',
      ),
    says: /^denied: not found, or private: us-docker.pkg.dev .*Google says the same/,
  },
  {
    title: 'Quay, a repository that does not exist',
    image: 'quay.io/nobody/nothing',
    answer: withToken(
      'quay.io',
      '/v2/auth',
      'Bearer realm="https://quay.io/v2/auth",service="quay.io"',
      () => false,
    ),
    says: /^denied: not found, or private: quay.io .*Quay says the same/,
  },
  {
    title: 'ECR, without signing in',
    image: '123456789.dkr.ecr.eu-central-1.amazonaws.com/pilot',
    answer: () => ({
      status: 401,
      headers: {
        'www-authenticate':
          'Basic realm="https://123456789.dkr.ecr.eu-central-1.amazonaws.com/",service="ecr.amazonaws.com"',
      },
      body: 'Not Authorized\n',
    }),
    says: /^denied: not found, or private: .*aws ecr get-login-password/,
  },
  {
    title: 'ACR, anonymous pull is not enabled',
    image: 'mesh.azurecr.io/pilot',
    answer: ({ path }) =>
      path.startsWith('/oauth2/token')
        ? errors(401, 'UNAUTHORIZED', 'authentication required')
        : errors(
            401,
            'UNAUTHORIZED',
            'authentication required',
            'Bearer realm="https://mesh.azurecr.io/oauth2/token",service="mesh.azurecr.io",scope="repository:pilot:pull"',
          ),
    says: /^denied: not found, or private: .*unless the owner of the registry allows it \(az acr login\)/,
  },
  {
    title: 'Harbor, a private project',
    image: 'harbor.example.com/istio/pilot',
    answer: withToken(
      'harbor.example.com',
      '/service/token',
      'Bearer realm="https://harbor.example.com/service/token",service="harbor-registry"',
      () => false,
    ),
    says: /^denied: not found, or private: .*a project of Harbor is private/,
  },
  {
    title: 'Harbor, an artifact that does not exist',
    image: 'harbor.example.com/istio/pilot',
    answer: () => errors(404, 'NOT_FOUND', 'artifact istio/pilot:1 not found'),
    says: /^absent: harbor.example.com has no such tag or repository$/,
  },
  {
    title: 'Artifactory, without signing in',
    image: 'artifactory.example.com/docker-local/pilot',
    answer: () => errors(401, 'UNAUTHORIZED', 'authentication required', 'Basic realm="Artifactory Realm"'),
    says: /^denied: not found, or private: .*Artifactory may not let anybody in/,
  },
  {
    title: 'Artifactory, which may hide what is private',
    image: 'mesh.jfrog.io/docker-local/pilot',
    answer: () => errors(404, 'MANIFEST_UNKNOWN', 'The named manifest is not known to the registry.'),
    says: /^absent: mesh.jfrog.io has no tag 1 of docker-local\/pilot; Artifactory can be set up to say this also/,
  },
  {
    title: 'GitLab of one’s own, a private project',
    image: 'registry.example.com/group/pilot',
    answer: ({ path }) =>
      path.startsWith('/jwt/auth')
        ? { status: 403, body: '{"errors":[{"code":"DENIED","message":"access forbidden"}]}' }
        : errors(
            401,
            'UNAUTHORIZED',
            'authentication required',
            'Bearer realm="https://gitlab.example.com/jwt/auth",service="container_registry"',
          ),
    says: /^denied: not found, or private: .*GitLab says the same/,
  },
  {
    title: 'Nexus, anonymous access is off',
    image: 'nexus.example.com:8082/istio/pilot',
    answer: () =>
      errors(
        401,
        'UNAUTHORIZED',
        'access to the requested resource is not authorized',
        'BASIC realm="Sonatype Nexus Repository Manager"',
      ),
    says: /^denied: not found, or private: .*unless its anonymous access is switched on/,
  },
];

for (const { title, image, answer, says } of refusals) {
  test(`what a refusal means: ${title}`, async t => {
    const { transport } = await fakeInternet(t, answer);
    const host = image.includes('.') ? [image.split('/')[0] ?? ''] : [];
    assert.match(await asked(registryFor(host, { transport }), `${image}:1`), says);
  });
}

test('an ECR password that has expired is told so', async t => {
  const fake = await fakeInternet(t, ({ headers }) =>
    headers.authorization === undefined
      ? {
          status: 401,
          headers: { 'www-authenticate': 'Basic realm="https://1.dkr.ecr.eu-west-1.amazonaws.com/"' },
        }
      : errors(403, 'DENIED', 'Your authorization token has expired. Reauthenticate and try again.'),
  );
  const aws: Credential = { kind: 'password', username: 'AWS', password: 'old' };
  const registry = registryFor([], { transport: fake.transport, credentials: () => aws });
  const said = await asked(registry, '1.dkr.ecr.eu-west-1.amazonaws.com/pilot:1');
  assert.match(said, /^denied: .*passwords of Amazon ECR last 12 hours; sign in again/);
});

test('credentials of Docker Hub and of GitLab go to their own token servers, which are elsewhere', async t => {
  const alice: Credential = { kind: 'password', username: 'alice', password: 's3cret' };
  for (const { image, challenge, token } of [remembered[0], remembered[4]].filter(row => row !== undefined)) {
    const [, tokenHost = '', path = ''] = /^([^/]+)(\/[^?]*)/.exec(token) ?? [];
    const { transport, seen } = await fakeInternet(t, withToken(tokenHost, path, challenge));
    await asked(registryFor([], { transport, credentials: () => alice }), `${image}:1`);
    assert.match(seen[0]?.headers.authorization ?? '', /^Basic /);
    assert.equal(seen[0]?.headers.host, tokenHost);
    assert.equal(seen[1]?.headers.authorization, 'Bearer T');
  }
});

test('a GitLab of one’s own gets the credentials at its token server once the user has named that', async t => {
  const challenge = 'Bearer realm="https://gitlab.corp.example/jwt/auth",service="container_registry"';
  const alice: Credential = { kind: 'password', username: 'alice', password: 's3cret' };
  const sent = async (allowed: readonly string[]) => {
    const fake = await fakeInternet(t, withToken('gitlab.corp.example', '/jwt/auth', challenge));
    const credentials = (host: string) => (host === 'registry.corp.example' ? alice : undefined);
    await asked(
      registryFor(allowed, { transport: fake.transport, credentials }),
      'registry.corp.example/a/b:1',
    );
    return fake.seen[1]?.headers.authorization;
  };
  assert.equal(await sent([]), undefined);
  assert.match((await sent(['gitlab.corp.example'])) ?? '', /^Basic /);
});

test('each row of the table is found by its own hosts', () => {
  for (const row of registries)
    for (const host of row.hosts)
      assert.equal(registryAt(host.replaceAll('*', 'x1'))?.title, row.title, host);
});

test('look-alikes are not public', () => {
  for (const host of [
    'ghcr.io.evil.example',
    'evil-gcr.io',
    'xgcr.io',
    'docker.io:444',
    'gcr.io.',
    '-docker.pkg.dev',
  ])
    assert.equal(isPublicRegistry(host), false, host);
  for (const host of ['docker.io', 'eu.gcr.io', 'us-docker.pkg.dev'])
    assert.equal(isPublicRegistry(host), true, host);
});
