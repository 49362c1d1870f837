import { BlockList, isIP } from 'node:net';

/**
 * Whether an IP address belongs to the public internet, so that a name in a document may lead there: not this machine,
 * not a private or link-local network, not a cloud's metadata service, also not in an IPv6 form of such an address.
 */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  switch (isIP(plain)) {
    case 4:
      return !blocked.check(plain, 'ipv4');
    case 6: {
      const groups = groupsOf(plain);
      const inner = embedded(groups);
      if (inner !== undefined) return !blocked.check(inner, 'ipv4');
      return isGlobalUnicast(groups) && !blocked.check(plain, 'ipv6');
    }
    default:
      return false;
  }
}

/** `2000::/3`, all that is given out on the internet; the rest is special, or for networks of somebody's own. */
const isGlobalUnicast = ([first = 0]: readonly number[]): boolean => first >> 13 === 1;

/** IANA special-purpose address registries (RFC 6890), and multicast; of IPv6 what of it is global unicast. */
const blocked = blockList(
  [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
  ],
  [
    ['2001::', 23],
    ['2001:db8::', 32],
    ['3fff::', 20],
  ],
);

type Subnet = readonly [string, number];

function blockList(ipv4: readonly Subnet[], ipv6: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ipv4) list.addSubnet(network, prefix, 'ipv4');
  for (const [network, prefix] of ipv6) list.addSubnet(network, prefix, 'ipv6');
  return list;
}

/** The eight 16-bit groups of an IPv6 address; the URL parser turns a dotted tail into groups. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = new Array<string>(8 - front.length - back.length).fill('0');
  return [...front, ...gap, ...back].map(group => Number.parseInt(group, 16));
}

/** The IPv4 address inside a v4-mapped (`::ffff:`), NAT64 (`64:ff9b::`, RFC 6052) or 6to4 (`2002:`) address. */
function embedded(groups: readonly number[]): string | undefined {
  const startsWith = (...start: readonly number[]) => start.every((group, index) => groups[index] === group);
  const dotted = (high = 0, low = 0) => [high >> 8, high & 255, low >> 8, low & 255].join('.');
  if (startsWith(0, 0, 0, 0, 0, 0xffff) || startsWith(0x64, 0xff9b, 0, 0, 0, 0))
    return dotted(groups[6], groups[7]);
  return startsWith(0x2002) ? dotted(groups[1], groups[2]) : undefined;
}
