import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { isPublicAddress } from '../../server/src/registry/addresses';

const notPublic =
  '0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1 ' +
  '192.0.0.1 198.18.0.1 224.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd00:ec2::254 ff02::1 ' +
  '::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b:1::1 2002:7f00:1:: ' +
  '2002:a9fe:a9fe::1 2001::1 2001:db8::1 ::ffff:0:7f00:1 200::1 2001:2::1 2001:20::1 3fff::1 4000::1 5f00::1 [::1] [::ffff:a00:1] localhost 127.1 1.2.3';

for (const address of notPublic.split(' ')) {
  test(`${address} is not public`, () => assert.equal(isPublicAddress(address), false));
}

const open = '8.8.8.8 172.32.0.1 100.128.0.1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808 2002:808:808::1';

for (const address of open.split(' ')) {
  test(`${address} is public`, () => assert.equal(isPublicAddress(address), true));
}

test('an IPv4 address is judged alike in every IPv6 form of it', () => {
  fc.assert(
    fc.property(fc.ipV4(), address => {
      for (const form of [`::ffff:${address}`, `64:ff9b::${address}`])
        assert.equal(isPublicAddress(form), isPublicAddress(address), form);
    }),
  );
});
