import type { SendParams } from '../core/send';

/** One request of one hop: nothing is followed, nothing is added to it but what HTTP itself needs. */
export interface Hop extends Omit<SendParams, 'url'> {
  readonly url: URL;
}

export interface HopAnswer {
  readonly status: number;
  /** The values of each header, one per line; names in lower case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
  /** Whether `body` is all there was. */
  readonly complete: boolean;
}

/**
 * Sends one hop. Refuses addresses inside private networks unless the host is `named`, and keeps the limits of time
 * for the connection and for the headers. Rejects with an error whose `code` `describeError` can read, or when `signal` is
 * aborted.
 */
export type Transport = (hop: Hop, signal: AbortSignal) => Promise<HopAnswer>;
