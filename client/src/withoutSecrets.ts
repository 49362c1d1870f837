import type { LogOutputChannel } from 'vscode';

/**
 * The same log for the trace of what client and server say to each other, which would hold passwords and tokens: the
 * headers and bodies of requests to registries are left out.
 */
export function withoutSecrets(log: LogOutputChannel): LogOutputChannel {
  const trace: LogOutputChannel['trace'] = (message, ...more) => log.trace(redacted(message), ...more);
  return Object.create(log, { trace: { value: trace } });
}

/** A trace message without what is secret in it. */
export const redacted = (message: string): string =>
  message.replace(/("(?:authorization|body|set-cookie)":\s*)(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi, '$1"…"');
