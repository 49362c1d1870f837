import type { CancellationToken } from 'vscode-languageserver';

/** A signal that aborts when the editor cancels the request, so that lookups made for it stop as well. */
export function abortedBy(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
