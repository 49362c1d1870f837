import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './addresses';
import { forbiddenAddress } from './trouble';

/** The error of a connection that would leave the public internet. */
export const forbidden = (): NodeJS.ErrnoException =>
  Object.assign(new Error('the address is not public'), { code: forbiddenAddress });

/** Looks names up, and gives only the public addresses of a name; an error where there is none. */
export function publicOnly(lookup: LookupFunction): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, []);
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
      const usable = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = usable;
      if (first === undefined) return callback(forbidden(), []);
      if (options.all === true) callback(null, usable);
      else callback(null, first.address, first.family);
    });
  };
}
