import type { LogOutputChannel } from 'vscode';

/**
 * The same log for the trace of what client and server say to each other, which would hold passwords and tokens: the
 * headers and bodies of requests to registries are left out.
 */
export function withoutSecrets(log: LogOutputChannel): LogOutputChannel {
  const trace: LogOutputChannel['trace'] = (message, ...more) => log.trace(redacted(message), ...more);
  return Object.create(log, { trace: { value: trace } });
}

/**
 * A trace message without what is secret in it: what signs people in, also at the proxy of the editor's settings, and the
 * queries of URLs, in which storage services are handed signatures.
 */
export const redacted = (message: string): string =>
  message
    .replace(/("(?:\w*authorization|body|set-cookie)":\s*)(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi, '$1"…"')
    .replace(/("proxy":\s*"(?:[a-z][a-z\d+.-]*:\/\/)?)(?:[^"\\]|\\.)*@/gi, '$1…@')
    .replace(/(https?:\/\/[^\s"?]*\?)[^\s"]+/gi, '$1…');
