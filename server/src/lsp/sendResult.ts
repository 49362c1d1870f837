import { isArray, isObject, type Json, member } from '../core/json';
import type { SendResult } from '../core/send';

/** What an editor has answered to `meshfit/send`, which may be anything; names of headers in lower case. Throws for nonsense. */
export function readSendResult(answer: Json | undefined): SendResult {
  const at = (name: string): Json | undefined => member(answer, name);
  if (at('kind') === 'failed')
    return { kind: 'failed', code: String(at('code') ?? ''), message: String(at('message') ?? '') };
  const [status, body, complete] = [at('status'), at('body'), at('complete')];
  const headers = readHeaders(at('headers'));
  const isStatus = typeof status === 'number' && Number.isInteger(status) && status >= 0 && status <= 999;
  if (!isStatus || typeof body !== 'string' || typeof complete !== 'boolean' || headers === undefined)
    throw new Error('the editor gave an answer that makes no sense');
  return { kind: 'answer', status, headers, body, complete };
}

function readHeaders(value: Json | undefined): Readonly<Record<string, readonly string[]>> | undefined {
  if (!isObject(value)) return undefined;
  const headers = Object.entries(value).map(([name, lines]): readonly [string, readonly string[]] => [
    name.toLowerCase(),
    isArray(lines) ? lines.filter(line => typeof line === 'string') : [],
  ]);
  return Object.fromEntries(headers);
}
