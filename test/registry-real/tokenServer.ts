import { execFile } from 'node:child_process';
import { createPrivateKey, createSign, randomUUID, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Authentication } from './distribution';

export interface TokenServer {
  /** Where tokens are had: `http://127.0.0.1:PORT/token`. */
  readonly realm: string;
  /** What the registry has to be told, so that it sends its clients here. */
  readonly authentication: Authentication;
  /** The queries and the users since the last call, as `alice repository:istio/pilot:pull`; `-` for anonymous. */
  readonly requests: () => readonly string[];
  readonly close: () => Promise<void>;
}

export interface Access {
  /** Which repositories may be pulled; `user` is `name:password`, `undefined` for anonymous. */
  readonly allows: (repository: string, user: string | undefined) => boolean;
  /** Whether a user's password is right; a wrong one is answered 401. */
  readonly knows: (user: string) => boolean;
}

const service = 'registry.test';
const issuer = 'meshfit-test';

/**
 * A token server for CNCF Distribution (distribution `docs/spec/auth/jwt.md`): RS256 with the certificate in `x5c`.
 * Its key and certificate are made in `folder` by openssl.
 */
export async function runTokenServer(folder: string, access: Access): Promise<TokenServer> {
  const [keyPath, certificatePath] = [join(folder, 'token.key'), join(folder, 'token.crt')];
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=token-test'],
    ...['-keyout', keyPath, '-out', certificatePath],
  ]);
  const key = createPrivateKey(await readFile(keyPath));
  const certificate = new X509Certificate(await readFile(certificatePath)).raw.toString('base64');
  const sign = (claims: object) => {
    const header = { typ: 'JWT', alg: 'RS256', x5c: [certificate] };
    const text = [header, claims]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
  };
  let requests: string[] = [];
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const user = basicUser(request.headers.authorization);
    requests.push(`${user?.split(':')[0] ?? '-'} ${query.getAll('scope').join(' ')}`);
    response.setHeader('Content-Type', 'application/json');
    if (user !== undefined && !access.knows(user)) {
      response.writeHead(401).end('{"errors":[{"code":"UNAUTHORIZED","message":"incorrect password"}]}');
      return;
    }
    const grants = query
      .getAll('scope')
      .map(scope => /^repository:(.+):pull$/.exec(scope)?.[1])
      .filter(name => name !== undefined)
      .filter(name => access.allows(name, user))
      .map(name => ({ type: 'repository', name, actions: ['pull'] }));
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now - 10, exp: now + 300 };
    const token = sign({ iss: issuer, aud: service, sub: '', jti: randomUUID(), ...times, access: grants });
    response.end(JSON.stringify({ token, expires_in: 300, issued_at: new Date(now * 1000).toISOString() }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const realm = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  return {
    realm,
    authentication: { token: { realm, service, issuer, rootcertbundle: certificatePath } },
    requests: () => {
      const since = requests;
      requests = [];
      return since;
    },
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** `name:password` of a Basic `Authorization` header (RFC 7617). */
function basicUser(authorization: string | undefined): string | undefined {
  const encoded = /^basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString();
}
