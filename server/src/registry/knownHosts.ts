/** Docker Hub's name in references, and the host of its API (oras-go registry/reference.go `Host`). */
export const dockerHub = { registry: 'docker.io', api: 'registry-1.docker.io' } as const;

/** Public registries that may be asked without a word from the user. They tell nobody who asked for an image. */
export function isPublicRegistry(hostname: string): boolean {
  return publicRegistries.has(hostname) || publicSuffixes.some(suffix => hostname.endsWith(suffix));
}

const publicRegistries: ReadonlySet<string> = new Set([
  dockerHub.registry,
  dockerHub.api,
  'cgr.dev',
  'gcr.io',
  'ghcr.io',
  'k8s.gcr.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
  'quay.io',
  'registry.access.redhat.com',
  'registry.gitlab.com',
  'registry.istio.io',
  'registry.k8s.io',
  'registry.redhat.io',
]);

/** Google's Artifact Registry: `us-docker.pkg.dev`, `eu.gcr.io`. */
const publicSuffixes: readonly string[] = ['-docker.pkg.dev', '.gcr.io'];

/** Token servers on another host than their registry that may see the credentials stored for it. */
export const tokenServers: ReadonlyMap<string, string> = new Map([
  [dockerHub.api, 'auth.docker.io'],
  ['registry.gitlab.com', 'gitlab.com'],
]);
