import { BlockList, isIP } from 'node:net';
import { isLoopback } from './hostUrl';

/** Whether a URL is asked without the proxy. */
export type Bypass = (url: URL) => boolean;

/**
 * Reads a `NO_PROXY` list: `example.com` and every host below it, `.example.com` or `*.example.com` for the latter only,
 * addresses, networks as `10.0.0.0/8`, each with or without a port, and `*` for all. Commas or blanks part the entries;
 * what is none of these is ignored. This machine is never asked through a proxy (golang.org/x/net/http/httpproxy).
 */
export function readNoProxy(list: string): Bypass {
  const rules = list
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)
    .flatMap(ruleOf);
  return url => {
    const asked = { host: url.hostname.replace(/^\[|\]$/g, ''), port: portOf(url) };
    return isLoopback(url.hostname) || rules.some(rule => rule(asked));
  };
}

interface Asked {
  /** Without brackets, in lower case. */
  readonly host: string;
  readonly port: string;
}

type Rule = (asked: Asked) => boolean;

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'http:' ? '80' : '443');

function ruleOf(entry: string): readonly Rule[] {
  if (entry === '*') return [() => true];
  const network = networkOf(entry);
  if (network !== undefined) return [({ host }) => network(host)];
  const [, name = '', port] = /^(.+?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
  const onPort = (asked: Asked): boolean => port === undefined || asked.port === port;
  const plain = name.replace(/^\[|\]$/g, '');
  if (isIP(plain) !== 0) {
    const same = networkOf(`${plain}/${isIP(plain) === 4 ? 32 : 128}`);
    return same === undefined ? [] : [asked => onPort(asked) && same(asked.host)];
  }
  const below = `.${plain.replace(/^\*?\./, '')}`;
  if (below === '.') return [];
  const itself = /^\*?\./.test(plain) ? '' : plain;
  return [
    asked => onPort(asked) && isIP(asked.host) === 0 && (asked.host === itself || asked.host.endsWith(below)),
  ];
}

function networkOf(entry: string): ((host: string) => boolean) | undefined {
  const [, address = '', prefix = ''] = /^([^/]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const version = isIP(address);
  if (version === 0 || Number(prefix) > (version === 4 ? 32 : 128)) return undefined;
  const list = new BlockList();
  list.addSubnet(address, Number(prefix), version === 4 ? 'ipv4' : 'ipv6');
  return host => isIP(host) !== 0 && list.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}
