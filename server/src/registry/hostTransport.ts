import { lookup as systemLookup } from 'node:dns';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isPublicAddress } from './addresses';
import type { Limits } from './limits';
import { forbidden, publicOnly } from './publicLookup';
import { readAtMost } from './readAtMost';
import type { Hop, HopAnswer, Transport } from './transport';
import { withTimer } from './withTimer';

/**
 * Sends hops from the editor's extension host by Node's own `https.request`, which the editor replaces there: its proxy, its
 * proxy's sign-in and its certificates hold. No agent is given, because the editor's own would take its place. Addresses are
 * checked when a name is looked up, which the editor leaves to its proxy where it uses one.
 */
export function createHostTransport({ headers }: Pick<Limits, 'headers'>): Transport {
  return async (hop, signal) => {
    const literal = hop.url.hostname.replace(/^\[|\]$/g, '');
    if (!hop.named && isIP(literal) !== 0 && !isPublicAddress(literal)) throw forbidden();
    return withTimer(headers, signal, async (inner, stopTimer) => {
      const response = await send(hop, inner);
      stopTimer();
      try {
        const status = response.statusCode ?? 0;
        const body = mayHaveBody(hop, status) ? unpacked(response) : response;
        const read = await readAtMost(body, status === 200 ? hop.maxBytes : hop.otherBytes);
        return { status, headers: headersOf(response), ...read };
      } finally {
        response.destroy();
      }
    });
  };
}

const send = ({ method, url, named, headers, body }: Hop, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const start = url.protocol === 'http:' ? requestPlain : requestTls;
    const options = {
      method,
      // What is asked for is small. Some servers pack it all the same.
      headers: { ...headers, 'accept-encoding': 'identity' },
      lookup: named ? systemLookup : publicOnly(systemLookup),
      // Nothing but an option that agents tell connections apart by: one that another extension holds open has not been checked.
      maxVersion: 'TLSv1.3' as const,
      signal,
    };
    const request = start(url, options, resolve);
    request.on('error', reject);
    // A server that switches to another protocol ends the connection, and nothing else is told of it.
    request.on('close', () => reject(Object.assign(new Error('no answer'), { code: 'ECONNRESET' })));
    request.end(body);
  });

/** RFC 9110 6.4.1. The headers may speak of a body all the same, and of how it would be packed. */
const mayHaveBody = ({ method }: Hop, status: number): boolean =>
  method !== 'HEAD' && status !== 204 && status !== 304;

/** The body as it was before the server packed it. One that is not known is left as it is, and makes no sense to who reads it. */
function unpacked(response: IncomingMessage): AsyncIterable<Uint8Array> {
  const unpacking = unpackerFor(response.headers['content-encoding']?.trim().toLowerCase());
  if (unpacking === undefined) return response;
  response.on('error', error => unpacking.destroy(error));
  return response.pipe(unpacking);
}

function unpackerFor(encoding: string | undefined) {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(lenient);
    case 'deflate':
      return createInflate(lenient);
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

/** An empty body is none that is broken; one that is cut short shows by its length and by its content. */
const lenient = { finishFlush: constants.Z_SYNC_FLUSH };

const headersOf = ({ headersDistinct }: IncomingMessage): HopAnswer['headers'] =>
  Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, values ?? []]));
