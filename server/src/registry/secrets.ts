import type { Found } from './client';
import type { HttpRequest } from './http';

/** What was sent to sign people in, so that it is shown to nobody when a server says it back. */
export interface Secrets {
  /** Remembers what a request holds. */
  readonly note: (request: Pick<HttpRequest, 'authorization' | 'body'>) => void;
  /** A text with `…` in place of every secret; letters count as the same in both cases, as in a host's name. */
  readonly hide: (text: string) => string;
  /** The same for all texts of what was found; the very same value where there is nothing to hide. */
  readonly hideIn: (found: Found) => Found;
}

/** A shorter secret may be part of any word, and a text without it would tell what it is. */
const shortest = 8;
const most = 100;

export function createSecrets(): Secrets {
  const patterns = new Map<string, RegExp>();
  const add = (secret: string): void => {
    if (secret.length < shortest) return;
    const pattern = patterns.get(secret) ?? patternOf(secret);
    // What is sent again and again stays.
    patterns.delete(secret);
    patterns.set(secret, pattern);
    const oldest = patterns.keys().next();
    if (patterns.size > most && oldest.done !== true) patterns.delete(oldest.value);
  };
  const hide = (text: string): string => {
    let shown = text;
    for (const pattern of patterns.values()) shown = shown.replace(pattern, '…');
    return shown;
  };
  return {
    note({ authorization = '', body }) {
      const [, scheme = '', value = ''] = /^(\S+) (.+)$/.exec(authorization) ?? [];
      add(value);
      if (scheme === 'Basic') add(Buffer.from(value, 'base64').toString('utf8').replace(/^.*?:/s, ''));
      for (const name of ['password', 'refresh_token']) add(body?.get(name) ?? '');
    },
    hide,
    hideIn(found) {
      let hidden = false;
      const shown: Found = JSON.parse(JSON.stringify(found), (key, value: unknown) => {
        if (typeof value !== 'string' || key === 'kind' || key === 'digest') return value;
        const text = hide(value);
        hidden ||= text !== value;
        return text;
      });
      return hidden ? shown : found;
    },
  };
}

const patternOf = (secret: string): RegExp =>
  new RegExp(secret.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'gi');
