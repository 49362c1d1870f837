import type { CancellationToken, LanguageClient } from 'vscode-languageclient/node';
import type { SendParams, SendResult } from '../../server/src/core/send';
import { createHostTransport } from '../../server/src/registry/hostTransport';
import { defaultLimits } from '../../server/src/registry/limits';

/**
 * Sends the server's requests to registries from the extension host, with the editor's proxy and certificates. Nothing is
 * followed or signed in to here: that stays with the server, whose rules for addresses hold here as well.
 */
export function sendForServer(client: LanguageClient): void {
  const transport = createHostTransport(defaultLimits);
  client.onRequest<SendResult, void>(
    'meshfit/send',
    async ({ url, ...hop }: SendParams, token: CancellationToken) => {
      const cancelling = new AbortController();
      const cancelled = token.onCancellationRequested(() => cancelling.abort());
      try {
        const { body, ...answer } = await transport({ ...hop, url: new URL(url) }, cancelling.signal);
        return { kind: 'answer', ...answer, body: body.toString('base64') };
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        return { kind: 'failed', code, message: error instanceof Error ? error.message : String(error) };
      } finally {
        cancelled.dispose();
      }
    },
  );
}
