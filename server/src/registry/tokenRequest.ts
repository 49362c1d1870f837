import type { Credential } from './credential';
import type { HttpRequest } from './http';
import type { Target } from './target';

/** A registry's token server, as its challenge names it. */
export interface TokenServer {
  readonly realm: URL;
  /** Whether it may see the credentials stored for the registry. */
  readonly trusted: boolean;
  readonly service: string;
}

/**
 * The request for a token that may pull from one repository, whatever the challenge would have liked us to ask for
 * (distribution docs/content/spec/auth/token.md; with a refresh token docs/content/spec/auth/oauth.md).
 */
export function tokenRequest(
  target: Target,
  { realm, service }: TokenServer,
  credential: Credential | undefined,
  maxBytes: number,
): HttpRequest {
  const why = `signing in to read ${target.repository}`;
  const common = { accept: 'application/json', follow: false, maxBytes, name: realm.host, why };
  const scope = scopeOf(target);
  if (credential?.kind === 'identity') {
    const form = {
      grant_type: 'refresh_token',
      refresh_token: credential.token,
      client_id: 'meshfit',
      scope,
    };
    return { ...common, url: realm, body: new URLSearchParams({ ...form, ...(service && { service }) }) };
  }
  const url = new URL(realm);
  if (service !== '') url.searchParams.set('service', service);
  url.searchParams.set('scope', scope);
  if (credential?.kind !== 'password') return { ...common, url };
  url.searchParams.set('account', credential.username);
  return { ...common, url, authorization: basicAuthorization(credential) };
}

/** What tells one token from another, so that nobody gets the token of somebody else. */
export function tokenKey(target: Target, server: TokenServer, credential: Credential | undefined): string {
  const account = credential?.kind === 'password' ? credential.username : '';
  const parts = [target.endpoint.root.href, server.realm.href, server.service, scopeOf(target)];
  return JSON.stringify([...parts, credential?.kind ?? 'anonymous', account]);
}

/** The value of `Authorization` for a password (RFC 7617). */
export const basicAuthorization = ({
  username,
  password,
}: Extract<Credential, { kind: 'password' }>): string =>
  `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;

const scopeOf = ({ repository }: Target): string => `repository:${repository}:pull`;
