import type { ProxySettings } from '../core/settings';

/**
 * Reads VS Code's section `http`, whose settings only the user can make: the proxy for requests that the server sends
 * itself. `undefined` from an editor that has no such section.
 */
export function proxySettingsFrom(section: unknown): ProxySettings | undefined {
  if (typeof section !== 'object' || section === null) return undefined;
  const at = (name: string): unknown => Object.entries(section).find(([key]) => key === name)?.[1];
  const proxy = at('proxySupport') === 'off' ? '' : at('proxy');
  const authorization = at('proxyAuthorization');
  const noProxy = at('noProxy');
  return {
    url: typeof proxy === 'string' ? proxy.trim() : '',
    noProxy: Array.isArray(noProxy) ? noProxy.filter(host => typeof host === 'string') : [],
    strictTls: at('proxyStrictSSL') !== false,
    ...(typeof authorization === 'string' && authorization !== '' ? { authorization } : {}),
  };
}
