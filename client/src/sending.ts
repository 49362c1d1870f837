import type { CancellationToken, LanguageClient } from 'vscode-languageclient/node';
import { createHostTransport } from '../../server/src/registry/hostTransport';
import { defaultLimits } from '../../server/src/registry/limits';

/** What the server asks to be sent, and what it gets back: `SendParams` and `SendResult` of its protocol. */
interface Params {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly named: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly maxBytes: number;
  readonly otherBytes: number;
}

type Result =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, readonly string[]>>;
      readonly body: string;
      readonly complete: boolean;
    }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/**
 * Sends the server's requests to registries from the extension host, with the editor's proxy and certificates. Nothing is
 * followed or signed in to here: that stays with the server, whose rules for addresses hold here as well.
 */
export function sendForServer(client: LanguageClient): void {
  const transport = createHostTransport(defaultLimits);
  client.onRequest<Result, void>(
    'meshfit/send',
    async ({ url, ...hop }: Params, token: CancellationToken) => {
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
