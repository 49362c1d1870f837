import { lookup as systemLookup } from 'node:dns';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
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
      const status = response.statusCode ?? 0;
      const read = await readAtMost(unpacked(response), status === 200 ? hop.maxBytes : hop.otherBytes);
      response.destroy();
      return { status, headers: headersOf(response), ...read };
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
      signal,
    };
    const request = start(url, options, resolve);
    request.on('error', reject);
    request.end(body);
  });

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
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

const headersOf = ({ headersDistinct }: IncomingMessage): HopAnswer['headers'] =>
  Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, values ?? []]));
