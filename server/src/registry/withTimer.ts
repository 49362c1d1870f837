import { headersTimeout } from './trouble';

/**
 * Runs a job with a signal of its own, which is aborted with the outer one, or after `milliseconds` unless the job stops the
 * timer. Nothing is left behind: a late abort would hit a body that nobody reads any more.
 */
export async function withTimer<T>(
  milliseconds: number,
  outer: AbortSignal,
  job: (signal: AbortSignal, stopTimer: () => void) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const controller = new AbortController();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, milliseconds);
  const stop = () => controller.abort();
  outer.addEventListener('abort', stop, { once: true });
  try {
    return await job(controller.signal, () => clearTimeout(timer));
  } catch (error) {
    throw late ? Object.assign(new Error('no answer in time'), { code: headersTimeout }) : error;
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', stop);
  }
}
