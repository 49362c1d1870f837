import { member, parseJson } from '../core/json';

/** What a token server answered. `expires` is in milliseconds since 1970. */
export type TokenAnswer =
  | { readonly kind: 'token'; readonly token: string; readonly expires: number }
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * Reads the body of a token server's answer (distribution docs/content/spec/auth/token.md). `access_token` wins over
 * `token`. A token lives for `expires_in` seconds from `issued_at`, at least a minute and at most a day; what is missing or
 * of no use counts as a minute, and as `now`.
 */
export function parseToken(body: string, now: number): TokenAnswer {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'invalid', why: 'its answer is not JSON' };
  const [access, plain] = [member(json, 'access_token'), member(json, 'token')];
  const token = access === undefined || access === '' ? plain : access;
  if (typeof token !== 'string' || !/^[!-~]+$/.test(token))
    return { kind: 'invalid', why: 'its answer holds no usable token' };
  const seconds = member(json, 'expires_in');
  const lifetime = typeof seconds === 'number' ? Math.min(Math.max(seconds, minute), day) : minute;
  return { kind: 'token', token, expires: issuedAt(member(json, 'issued_at'), now) + lifetime * 1000 };
}

const minute = 60;
const day = 86_400;

/** Go's zero time, which some servers send, lies before 1970 and counts as not said; nothing is issued in the future. */
function issuedAt(value: unknown, now: number): number {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return time > 0 ? Math.min(time, now) : now;
}
