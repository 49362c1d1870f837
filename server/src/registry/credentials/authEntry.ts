import { isObject, type Json, member } from '../../core/json';
import type { Credential } from '../credential';

/** What an entry of `auths` holds. An empty one marks a login whose password a credential helper keeps. */
export type AuthEntry =
  | { readonly kind: 'credential'; readonly credential: Credential }
  | { readonly kind: 'empty' }
  | { readonly kind: 'broken' };

/**
 * Reads an entry of `auths`: `registrytoken`, `identitytoken`, `auth`, or `username` and `password`, the first that is there
 * (docker/cli cli/config/types/authconfig.go).
 */
export function readAuthEntry(value: Json): AuthEntry {
  if (!isObject(value)) return broken;
  const [registryToken, identity, auth, username, password] = fields.map(name => member(value, name));
  if (isText(registryToken))
    return isToken(registryToken) ? held({ kind: 'registry token', token: registryToken }) : broken;
  if (isText(identity)) return held({ kind: 'identity', token: identity });
  if (isText(auth)) return decode(auth);
  if (isText(username) && isText(password)) return held(passwordOrToken(username, password));
  return auth === undefined || typeof auth === 'string' ? { kind: 'empty' } : broken;
}

/** A user name and its password; the name `<token>` means that the password is an identity token. */
export const passwordOrToken = (username: string, secret: string): Credential =>
  username === '<token>'
    ? { kind: 'identity', token: secret }
    : { kind: 'password', username, password: secret };

const fields = ['registrytoken', 'identitytoken', 'auth', 'username', 'password'];
const broken: AuthEntry = { kind: 'broken' };

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';

/** What may stand in a header (RFC 6750 2.1). */
const isToken = (text: string): boolean => /^[!-~]+$/.test(text);

const held = (credential: Credential): AuthEntry => ({ kind: 'credential', credential });

/** base64 of `user:password`, with NULs around the password as old Docker versions wrote them. */
function decode(auth: string): AuthEntry {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(auth)) return broken;
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return broken;
  return held(passwordOrToken(text.slice(0, colon), text.slice(colon + 1).replace(/^\0+|\0+$/g, '')));
}
