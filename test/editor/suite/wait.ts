import type { Event } from 'vscode';

/**
 * The first value that `look` gives, now or after any later `event`. Rejects with `what` was awaited, and what `seen`
 * tells about the state by then, when there is none within `deadline` milliseconds.
 */
export function until<T>(
  what: string,
  event: Event<unknown>,
  look: () => T | undefined,
  seen: () => unknown = () => 'nothing',
  deadline = 60_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (action: () => void): void => {
      subscription.dispose();
      clearTimeout(timer);
      action();
    };
    const check = (): void => {
      const value = look();
      if (value !== undefined) finish(() => resolve(value));
    };
    const fail = (): void => {
      const message = `no ${what} within ${deadline / 1000} s; seen: ${JSON.stringify(seen())}`;
      finish(() => reject(new Error(message)));
    };
    const timer = setTimeout(fail, deadline);
    const subscription = event(check);
    check();
  });
}
