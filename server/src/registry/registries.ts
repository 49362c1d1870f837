import type { Challenge } from './challenge';

/** A registry, or a kind of registry that people run themselves, with what is known of it before it was asked. */
export interface KnownRegistry {
  readonly title: string;
  /** Its hosts in references and in requests; `*` stands for one or more characters. Empty where only a challenge tells. */
  readonly hosts: readonly string[];
  /** Whether it may be asked without a word from the user: it tells nobody who asked for an image. */
  readonly open: boolean;
  /** Where tokens are had, also by anonymous users; learned from the challenge where it is missing. */
  readonly tokens?: { readonly realm: string; readonly service: string };
  /** Token servers on other hosts that may see the credentials stored for it. */
  readonly tokenHosts?: readonly string[];
  /** Whether a challenge is of this kind, whatever the host. */
  readonly betrayedBy?: (challenge: Challenge) => boolean;
  /** What a refusal may mean, as a clause: for somebody who is not signed in, and for somebody who is. */
  readonly refusal: { readonly anonymous: string; readonly signedIn: string };
  /** What a 404 may mean besides "there is no such thing", as a clause. */
  readonly notFound?: string;
}

/** Docker Hub's name in references, and the host of its API (oras-go registry/reference.go `Host`). */
export const dockerHub = { registry: 'docker.io', api: 'registry-1.docker.io' } as const;

/** Whether a registry may be asked without a word from the user. `host` is as the URL parser writes it. */
export const isPublicRegistry = (host: string): boolean => registryAt(host)?.open === true;

/** What is known of the registry at a host, with its port unless that is 443. */
export const registryAt = (host: string): KnownRegistry | undefined =>
  host.length > longestHost ? undefined : byHost.find(([pattern]) => pattern.test(host))?.[1];

/** RFC 1035 2.3.4, and a port. */
const longestHost = 260;

/** The kind of registry that gives itself away by how it asks people to sign in. */
export const registryBehind = (challenges: readonly Challenge[]): KnownRegistry | undefined =>
  registries.find(({ betrayedBy }) => betrayedBy !== undefined && challenges.some(betrayedBy));

const basicRealm = (pattern: RegExp) => (challenge: Challenge) =>
  challenge.scheme === 'basic' && pattern.test(challenge.parameters.get('realm') ?? '');

/** A token server's address by its end, or a service by its name. */
const bearer = (realm: RegExp, service: RegExp) => (challenge: Challenge) =>
  challenge.scheme === 'bearer' &&
  realm.test(challenge.parameters.get('realm') ?? '') &&
  service.test(challenge.parameters.get('service') ?? '');

const hidesPrivate = (title: string) =>
  `${title} says the same of what does not exist and of what is private`;

/**
 * Public documentation and recorded answers: docker/docs docker-hub/usage/pulls.md; renovate docker/common.ts; quay/claircore
 * pull 879; goharbor/harbor issues 12192 and 18856; containerd issue 6339 (Artifactory); sonatype/nexus-public issue 921.
 */
export const registries: readonly KnownRegistry[] = [
  {
    title: 'Docker Hub',
    hosts: [dockerHub.registry, dockerHub.api],
    open: true,
    tokens: { realm: 'https://auth.docker.io/token', service: 'registry.docker.io' },
    tokenHosts: ['auth.docker.io'],
    refusal: {
      anonymous: hidesPrivate('Docker Hub'),
      signedIn: hidesPrivate('Docker Hub'),
    },
  },
  {
    title: 'GitHub Container Registry',
    hosts: ['ghcr.io'],
    open: true,
    tokens: { realm: 'https://ghcr.io/token', service: 'ghcr.io' },
    refusal: {
      anonymous: 'a package on GitHub is private until its owner makes it public',
      signedIn: 'the token needs the scope read:packages, and its user access to the package',
    },
  },
  {
    title: 'registry.k8s.io',
    hosts: ['registry.k8s.io', 'k8s.gcr.io'],
    open: true,
    refusal: {
      anonymous: 'its images are public, so the name may be wrong',
      signedIn: 'its images are public: the stored credentials may be out of date, or the name wrong',
    },
  },
  {
    title: 'Google Artifact Registry',
    hosts: ['gcr.io', '*.gcr.io', '*-docker.pkg.dev'],
    open: true,
    refusal: {
      anonymous: 'Google says the same of a project or repository that does not exist',
      signedIn:
        'Google says the same of a project or repository that does not exist; its access tokens last an hour',
    },
  },
  {
    title: 'registry.istio.io',
    hosts: ['registry.istio.io'],
    open: true,
    refusal: {
      anonymous: 'its images are public, so the name may be wrong',
      signedIn: 'its images are public: the stored credentials may be out of date, or the name wrong',
    },
  },
  {
    title: 'Quay',
    hosts: ['quay.io'],
    open: true,
    tokens: { realm: 'https://quay.io/v2/auth', service: 'quay.io' },
    betrayedBy: bearer(/\/v2\/auth$/, /quay/),
    refusal: { anonymous: hidesPrivate('Quay'), signedIn: hidesPrivate('Quay') },
  },
  {
    title: 'Amazon ECR Public',
    hosts: ['public.ecr.aws'],
    open: true,
    tokens: { realm: 'https://public.ecr.aws/token/', service: 'public.ecr.aws' },
    refusal: {
      anonymous: 'Amazon says the same of what does not exist and of what is private',
      signedIn: 'passwords of Amazon ECR Public last 12 hours (aws ecr-public get-login-password)',
    },
  },
  {
    title: 'Amazon ECR',
    hosts: ['*.dkr.ecr.*.amazonaws.com', '*.dkr.ecr.*.amazonaws.com.cn', '*.dkr-ecr.*.on.aws'],
    open: false,
    refusal: {
      anonymous: 'Amazon ECR shows nothing without signing in (aws ecr get-login-password)',
      signedIn: 'passwords of Amazon ECR last 12 hours; sign in again (aws ecr get-login-password)',
    },
  },
  {
    title: 'Azure Container Registry',
    hosts: ['*.azurecr.io', '*.azurecr.cn', '*.azurecr.us'],
    open: false,
    betrayedBy: bearer(/\/oauth2\/token$/, /\.azurecr\.(?:io|cn|us)$/),
    refusal: {
      anonymous:
        'Azure shows nothing without signing in unless the owner of the registry allows it (az acr login)',
      signedIn: 'sign-ins to Azure last three hours; sign in again (az acr login)',
    },
  },
  {
    title: 'Microsoft Artifact Registry',
    hosts: ['mcr.microsoft.com'],
    open: true,
    refusal: {
      anonymous: 'its images are public, so the name may be wrong',
      signedIn: 'its images are public: the stored credentials may be out of date, or the name wrong',
    },
  },
  {
    title: 'Chainguard',
    hosts: ['cgr.dev'],
    open: true,
    tokens: { realm: 'https://cgr.dev/token', service: 'cgr.dev' },
    refusal: {
      anonymous: 'most tags of Chainguard are for customers only',
      signedIn: 'the account may not have this image',
    },
  },
  {
    title: 'Red Hat',
    hosts: ['registry.redhat.io', 'registry.access.redhat.com', 'registry.connect.redhat.com'],
    open: true,
    refusal: {
      anonymous: 'registry.redhat.io shows nothing without signing in',
      signedIn: 'the account may not have this image',
    },
  },
  {
    title: 'GitLab',
    hosts: ['registry.gitlab.com'],
    open: true,
    tokens: { realm: 'https://gitlab.com/jwt/auth', service: 'container_registry' },
    tokenHosts: ['gitlab.com'],
    betrayedBy: bearer(/\/jwt\/auth$/, /^container_registry$/),
    refusal: {
      anonymous: hidesPrivate('GitLab'),
      signedIn: 'the token needs the scope read_registry, and its user access to the project',
    },
  },
  {
    title: 'Harbor',
    hosts: [],
    open: false,
    betrayedBy: challenge =>
      bearer(/\/service\/token$/, /^(?:harbor-registry|token-service)$/)(challenge) ||
      basicRealm(/^harbor/)(challenge),
    refusal: {
      anonymous: 'a project of Harbor is private until its owner makes it public',
      signedIn: 'the account must be a member of the Harbor project',
    },
  },
  {
    title: 'Artifactory',
    hosts: ['*.jfrog.io'],
    open: false,
    betrayedBy: challenge =>
      basicRealm(/^Artifactory Realm$/)(challenge) ||
      bearer(/\/api\/docker\/[^/]+\/v2\/token$/, /^/)(challenge),
    refusal: {
      anonymous: 'Artifactory may not let anybody in without signing in',
      signedIn:
        'the account needs the right to read; in Artifactory the path starts with the key of a repository',
    },
    notFound: 'Artifactory can be set up to say this also of what you may not read',
  },
  {
    title: 'Nexus',
    hosts: [],
    open: false,
    betrayedBy: basicRealm(/^Sonatype Nexus/),
    refusal: {
      anonymous: 'Nexus lets nobody in without signing in unless its anonymous access is switched on',
      signedIn: 'the account needs the right to read; Nexus usually has a port for each repository',
    },
  },
];

const byHost: readonly (readonly [RegExp, KnownRegistry])[] = registries.flatMap(registry =>
  registry.hosts.map(host => [patternOf(host), registry] as const),
);

function patternOf(host: string): RegExp {
  const parts = host.split('*').map(part => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('[a-z0-9.-]+')}$`);
}
