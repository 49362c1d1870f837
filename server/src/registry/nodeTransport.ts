import type { LookupFunction } from 'node:net';
import fetch, { type Response } from 'node-fetch';
import { createAgents } from './guardedAgent';
import type { Limits } from './limits';
import type { Transport } from './transport';
import { headersTimeout } from './trouble';

export interface NodeTransportOptions {
  readonly limits: Limits;
  /** Whether the user has named this `host:port`. */
  readonly isUserHost: (authority: string) => boolean;
  /** How host names become addresses; the system's way by default. */
  readonly lookup?: LookupFunction;
}

/** Sends hops from this process, by node-fetch over guarded connections that are kept open. */
export function createNodeTransport({ limits, isUserHost, lookup }: NodeTransportOptions): Transport {
  const guard = { mayBeAnywhere: isUserHost, connect: limits.connect, ...(lookup && { lookup }) };
  const agents = createAgents(guard);
  return ({ method, url, headers, body, maxBytes, otherBytes }, signal) =>
    withTimer(limits.headers, signal, async (inner, stopTimer) => {
      const response = await fetch(url, {
        agent: agents[url.protocol === 'http:' ? 'http' : 'https'],
        method,
        headers,
        redirect: 'manual',
        signal: inner,
        ...(body !== undefined && { body }),
      });
      stopTimer();
      const read = await readBody(response, response.status === 200 ? maxBytes : otherBytes);
      return { status: response.status, headers: response.headers.raw(), ...read };
    });
}

/** Reads at most `maxBytes`; the connection is closed when there is more. */
async function readBody(response: Response, maxBytes: number): Promise<{ body: Buffer; complete: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    chunks.push(bytes);
    if (length > maxBytes) return { body: Buffer.concat(chunks).subarray(0, maxBytes), complete: false };
  }
  return { body: Buffer.concat(chunks), complete: true };
}

/**
 * Runs a job with a signal of its own, which is aborted with the outer one, or after `milliseconds` unless the job stops the
 * timer. Nothing is left behind: a late abort would hit a body that nobody reads any more.
 */
async function withTimer<T>(
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
