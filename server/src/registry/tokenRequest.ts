import type { Credential } from './credential';
import type { HttpRequest } from './http';
import type { TokenServer } from './scheme';

/** What a token is asked for, and how. */
export interface TokenWish {
  readonly server: TokenServer;
  readonly credential: Credential | undefined;
  /** The one that is needed first: some servers look at no other. Without any the answer tells whether the credential is good. */
  readonly repositories: readonly string[];
  /** `POST` is what newer servers understand too, and the only way for a refresh token. */
  readonly method: 'GET' | 'POST';
  /** The longest answer that is read, in bytes. */
  readonly maxBytes: number;
}

/**
 * The request for a token that may pull from repositories, whatever the challenge would have liked us to ask for
 * (distribution docs/content/spec/auth/token.md, and oauth.md for `POST`).
 */
export function tokenRequest(wish: TokenWish): HttpRequest {
  const { server, credential, repositories, method, maxBytes } = wish;
  const { realm, service } = server;
  const [first, ...others] = repositories;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const why = first === undefined ? 'signing in' : `signing in to read ${first}${more}`;
  const common = { accept: 'application/json', follow: false, maxBytes, name: realm.host, why };
  const scopes = repositories.map(scopeOf);
  if (method === 'POST') {
    const grant = new URLSearchParams(grantOf(credential));
    grant.set('client_id', 'meshfit');
    if (scopes.length > 0) grant.set('scope', scopes.join(' '));
    if (service !== '') grant.set('service', service);
    return { ...common, url: realm, body: grant };
  }
  const url = new URL(realm);
  if (service !== '') url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  if (credential?.kind !== 'password') return { ...common, url };
  url.searchParams.set('account', credential.username);
  return { ...common, url, authorization: basicAuthorization(credential) };
}

function grantOf(credential: Credential | undefined): Record<string, string> {
  switch (credential?.kind) {
    case 'identity':
      return { grant_type: 'refresh_token', refresh_token: credential.token };
    case 'password':
      return { grant_type: 'password', username: credential.username, password: credential.password };
    default:
      return {};
  }
}

/** The value of `Authorization` for a password (RFC 7617). */
export const basicAuthorization = ({
  username,
  password,
}: Extract<Credential, { kind: 'password' }>): string =>
  `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;

/** distribution docs/content/spec/auth/scope.md. */
export const scopeOf = (repository: string): string => `repository:${repository}:pull`;
