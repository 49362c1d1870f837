import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until `condition` gives something, for at most `milliseconds`; then rejects, saying what was waited for. */
export async function waitUntil<T>(
  what: string,
  condition: () => Promise<T | undefined> | T | undefined,
  milliseconds = 10_000,
): Promise<T> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const result = await condition();
    if (result !== undefined) return result;
    if (performance.now() > deadline) throw new Error(`Waited ${milliseconds} ms in vain for ${what}.`);
    await sleep(10);
  }
}
