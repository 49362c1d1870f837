import { CancellationTokenSource, type Connection } from 'vscode-languageserver';
import type { Transport } from '../registry/transport';
import { sendRequest } from './protocol';
import { readSendResult } from './sendResult';

/** Has the editor send requests to registries, so that its proxy and its certificates hold. One that never answers is not waited for. */
export function createEditorTransport(connection: Connection): Transport {
  return async ({ url, ...hop }, signal) => {
    signal.throwIfAborted();
    const cancelling = new CancellationTokenSource();
    let cancel = (): void => {};
    const aborted = new Promise<never>((_resolve, reject) => {
      cancel = () => {
        cancelling.cancel();
        reject(signal.reason);
      };
    });
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const asked = connection.sendRequest(sendRequest, { ...hop, url: url.href }, cancelling.token);
      const answer = readSendResult(await Promise.race([asked, aborted]));
      if (answer.kind === 'failed') throw Object.assign(new Error(answer.message), { code: answer.code });
      const { status, headers } = answer;
      const most = status === 200 ? hop.maxBytes : hop.otherBytes;
      const body = Buffer.from(answer.body, 'base64');
      const complete = answer.complete && body.length <= most;
      return { status, headers, complete, body: body.subarray(0, most) };
    } finally {
      signal.removeEventListener('abort', cancel);
      cancelling.dispose();
    }
  };
}
