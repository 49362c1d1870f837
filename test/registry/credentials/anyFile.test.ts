import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseAuthFile } from '../../../server/src/registry/credentials/authFile';
import { parseAuthKey } from '../../../server/src/registry/credentials/authKey';
import type { AuthPlace } from '../../../server/src/registry/credentials/authPlaces';

const host = fc.stringMatching(/^[a-z0-9]{1,5}(\.[a-z0-9]{1,5}){1,2}(:[1-9][0-9]{1,3})?$/);
const namespace = fc.stringMatching(/^[a-z0-9]{1,4}(\/[a-z0-9]{1,4}){0,2}$/);
const format = fc.constantFrom<AuthPlace['format']>('docker', 'containers', 'dockercfg');
const secret = 'S3CRETS3CRET';

test('a key stands for its own host and for no other', () => {
  const form = fc.constantFrom('', 'https://', 'http://');
  const path = fc.constantFrom('', '/', '/v1/', '/v2/', '/v2');
  fc.assert(
    fc.property(host, form, path, (name, scheme, rest) => {
      const key = parseAuthKey(`${scheme}${name}${rest}`);
      assert.deepEqual([key?.registry, key?.namespace], [name.replace(/:443$/, ''), '']);
    }),
  );
});

test('any key is read, or is none; what it names is what stands in it', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      const key = parseAuthKey(text);
      if (key === undefined || key.registry === 'docker.io') return;
      assert.ok(text.toLowerCase().includes(key.registry), text);
      assert.doesNotMatch(key.registry, /[/?#@\s]/);
    }),
  );
});

test('any text is a file of credentials, or is told to be none, without its secrets', () => {
  const entry = fc.oneof(
    fc.record({ auth: fc.constantFrom(secret, btoa(secret), btoa(`u:${secret}`), '', 5) }),
    fc.record({ identitytoken: fc.constantFrom(secret, '', null, [secret]) }),
    fc.constantFrom(secret, null, {}),
  );
  const key = fc.oneof(host, fc.string(), fc.constantFrom(`https://u:${secret}@a.example`));
  const file = fc.record(
    {
      auths: fc.dictionary(key, entry),
      credHelpers: fc.dictionary(key, fc.string()),
      credsStore: fc.string(),
    },
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    fc.json(),
    fc.string(),
    file.map(value => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(text, format, host, namespace, (content, kind, registry, repository) => {
      const told: string[] = [];
      const read = parseAuthFile(content, { name: 'FILE', format: kind }, why => told.push(why));
      for (const name of [registry, ...read.registries])
        for (const found of read.find(name, repository))
          if (found.kind === 'failed') told.push(found.why);
          else if (found.kind === 'credential') assert.doesNotMatch(found.account, new RegExp(secret));
      assert.doesNotMatch(told.join(), new RegExp(secret));
    }),
  );
});

test('a registry without an entry has no credential', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(host, { minLength: 2, maxLength: 5 }),
      format,
      namespace,
      (hosts, kind, path) => {
        const [stranger = '', ...own] = hosts.map(name => name.replace(/:443$/, ''));
        fc.pre(!own.includes(stranger));
        const auths = Object.fromEntries(own.map(name => [name, { auth: btoa('u:p') }]));
        const text = JSON.stringify(kind === 'dockercfg' ? auths : { auths });
        const file = parseAuthFile(text, { name: 'FILE', format: kind }, assert.fail);
        assert.deepEqual(file.find(stranger, path), []);
        for (const name of own) assert.equal(file.find(name, path)[0]?.kind, 'credential');
      },
    ),
  );
});
