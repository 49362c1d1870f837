import type { Allowance } from '../core/contact';
import { longestPause } from './pauses';
import { type Trouble, trouble } from './trouble';

/**
 * Keeps an eye on what registries let this user pull, so that Meshfit never takes the last of it. Docker Hub counts every
 * `GET` of a manifest and no `HEAD`, and tells with both what is left (docker docs, "Docker Hub pull usage and limits").
 */
export interface Budget {
  /** Takes in the headers of a host's answer; `header` gives the values of one by its name in lower case. */
  readonly note: (host: string, header: (name: string) => readonly string[]) => void;
  /** Why a host is not asked for another manifest without the user's wish. `name` is what people call it. */
  readonly refusal: (host: string, name: string) => Trouble | undefined;
  /** What is left at a host that has said so. */
  readonly left: (host: string) => Allowance | undefined;
  readonly forget: () => void;
}

/** With fewer pulls left than this, the rest is kept for the user's own. */
const reserve = 10;

export function createBudget(now: () => number): Budget {
  const hosts = new Map<string, Allowance & { readonly noted: number }>();
  const left = (host: string): Allowance | undefined => {
    const found = hosts.get(host);
    const holds = found !== undefined && now() >= found.noted && now() < found.resets;
    return holds ? found : undefined;
  };
  return {
    note(host, header) {
      const remaining = parseCount(header('ratelimit-remaining')[0]);
      if (remaining === undefined) return;
      const limit = parseCount(header('ratelimit-limit')[0])?.count;
      const noted = now();
      hosts.set(host, {
        remaining: remaining.count,
        ...(limit !== undefined && { limit }),
        resets: noted + remaining.seconds * 1000,
        noted,
      });
    },
    refusal(host, name) {
      const found = left(host);
      if (found === undefined || found.remaining >= reserve) return undefined;
      const wait = Math.min(found.resets - now(), longestPause);
      return { ...trouble(refusalWhy(name, found)), wait };
    },
    left,
    forget: () => hosts.clear(),
  };
}

function refusalWhy(name: string, { remaining, limit, resets }: Allowance): string {
  const pulls = `${remaining}${limit === undefined ? '' : ` of ${limit}`} pulls`;
  const time = new Date(resets).toTimeString().slice(0, 5);
  return (
    `${name} has ${pulls} left for you until ${time}, which are kept for your own; ` +
    'the command "Meshfit: Check This File" asks all the same, and who signs in there (docker login) has a higher limit'
  );
}

/** `76;w=21600`: how many, in a window of so many seconds. */
function parseCount(header: string | undefined): { count: number; seconds: number } | undefined {
  const [, count, seconds] = /^\s*(\d{1,9})\s*;\s*w=(\d{1,7})\s*$/.exec(header ?? '') ?? [];
  return count === undefined || seconds === undefined
    ? undefined
    : { count: Number(count), seconds: Number(seconds) };
}
