/**
 * The URL of a host as references write it, with its port if any; `undefined` for what is none. `http` only for this
 * machine: registries for development rarely have a certificate.
 */
export function urlOfHost(host: string): URL | undefined {
  const url = parse(`https://${host}`);
  if (url === undefined || url.pathname !== '/' || url.search + url.hash + url.username + url.password !== '')
    return undefined;
  return isLoopback(url.hostname) ? parse(`http://${host}`) : url;
}

/** Host and port, with the port also where the URL leaves it out. */
export const authorityOf = (url: URL): string =>
  `${url.hostname}:${url.port || (url.protocol === 'http:' ? '80' : '443')}`;

/** Whether a URL's host name always means this machine. */
export const isLoopback = (hostname: string): boolean =>
  /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost');

const parse = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
