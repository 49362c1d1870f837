import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** The key and the certificate of a server, in PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
  readonly keyFile: string;
  readonly certFile: string;
}

/** Somebody who vouches for servers, and whom nobody trusts who is not told to. */
export interface Authority {
  /** The path of its own certificate. */
  readonly file: string;
  /** A certificate for host names and addresses, valid for a day, or expired. */
  readonly issue: (names: readonly string[], expired?: 'expired') => Identity;
}

/** For the `skip` option of a test that needs an authority. In CI nothing is skipped. */
export const noAuthority = (): string | false =>
  process.env.CI !== 'true' && spawnSync('openssl', ['version']).error !== undefined && 'install openssl';

/** Makes an authority for the tests of a file; its files are gone afterwards. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'));
  after(() => rmSync(folder, { recursive: true }));
  const openssl = (...words: readonly string[]) =>
    execFileSync('openssl', [...words], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-days', '1', '-subj', '/CN=Test', '-keyout', 'ca.key', '-out', 'ca.pem');
  let count = 0;
  return {
    file: join(folder, 'ca.pem'),
    issue(names, expired) {
      const name = `server${++count}`;
      const alternatives = names.map(host => (/^[\d.]+$|:/.test(host) ? `IP:${host}` : `DNS:${host}`));
      writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${alternatives.join(',')}\n`);
      openssl('req', ...key, '-subj', `/CN=${names[0]}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
      const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.ext`];
      const days = ['-days', expired === undefined ? '1' : '-1'];
      openssl('x509', '-req', '-in', `${name}.csr`, ...signing, ...days, '-out', `${name}.pem`);
      const [keyFile, certFile] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
      const identity = { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') };
      assert.match(identity.cert, /BEGIN CERTIFICATE/);
      return { ...identity, keyFile, certFile };
    },
  };
}
