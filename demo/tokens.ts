import { randomBytes } from 'node:crypto';

/** The name under which the registry is known to its token server. */
export const tokenService = 'registry.demo';

const lifetimeSeconds = 300;

/** Bearer tokens as the Docker registry token protocol gives them (distribution `docs/spec/auth/token.md`). */
export interface Tokens {
  /** The token server's answer for the scopes asked for; a scope that is not granted is left out, not refused. */
  readonly issue: (scopes: readonly string[]) => {
    readonly token: string;
    readonly access_token: string;
    readonly expires_in: number;
    readonly issued_at: string;
  };
  /** What an `Authorization` header is worth for pulling from a repository, or (without one) for the API's root. */
  readonly judge: (
    authorization: string | undefined,
    repository: string | undefined,
  ) => 'granted' | 'wrong scope' | 'none';
}

/** `exists` tells for which repositories a token is granted: like Docker Hub, others are not told from private ones. */
export function createTokens(exists: (repository: string) => boolean): Tokens {
  const issued = new Map<string, { readonly repositories: ReadonlySet<string>; readonly expires: number }>();
  return {
    issue: scopes => {
      const repositories = scopes
        .map(pulledRepository)
        .filter(name => name !== undefined)
        .filter(exists);
      const token = randomBytes(24).toString('base64url');
      const now = Date.now();
      issued.set(token, {
        repositories: new Set(repositories),
        expires: now + lifetimeSeconds * 1000,
      });
      return {
        token,
        access_token: token,
        expires_in: lifetimeSeconds,
        issued_at: new Date(now).toISOString(),
      };
    },
    judge: (authorization, repository) => {
      const token = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
      const grant = token === undefined ? undefined : issued.get(token);
      if (grant === undefined || grant.expires <= Date.now()) return 'none';
      return repository === undefined || grant.repositories.has(repository) ? 'granted' : 'wrong scope';
    },
  };
}

/** The repository of a scope that asks for `pull`: `istio/pilot` for `repository:istio/pilot:pull`. */
function pulledRepository(scope: string): string | undefined {
  const [, name, actions] = /^repository:([^:]+):([a-z,*]+)$/.exec(scope) ?? [];
  return actions?.split(',').includes('pull') === true ? name : undefined;
}
