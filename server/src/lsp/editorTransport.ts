import { CancellationTokenSource, type Connection } from 'vscode-languageserver';
import type { Transport } from '../registry/transport';
import { sendRequest } from './protocol';

/** Has the editor send requests to registries, so that its proxy and its certificates hold. */
export function createEditorTransport(connection: Connection): Transport {
  return async ({ url, ...hop }, signal) => {
    signal.throwIfAborted();
    const cancelling = new CancellationTokenSource();
    const cancel = () => cancelling.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const answer = await connection.sendRequest(sendRequest, { ...hop, url: url.href }, cancelling.token);
      signal.throwIfAborted();
      if (answer.kind === 'failed') throw Object.assign(new Error(answer.message), { code: answer.code });
      const { status, headers, complete } = answer;
      return { status, headers, complete, body: Buffer.from(answer.body, 'base64') };
    } finally {
      signal.removeEventListener('abort', cancel);
      cancelling.dispose();
    }
  };
}
