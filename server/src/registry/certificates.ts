import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import type { Environment } from './environment';

/** What TLS connections trust; `undefined` for what Node trusts by itself. */
export type Trusted = () => tls.SecureContext | undefined;

/**
 * What connections trust: Node's own certificates and those of `NODE_EXTRA_CA_CERTS`, and beside them the ones that the
 * user's system trusts, or the file `SSL_CERT_FILE`. `undefined` where the latter add nothing. Takes tens of
 * milliseconds, so call it once, and only when it is needed.
 */
export function trustedCertificates(
  environment: Environment,
  log: (message: string) => void,
): tls.SecureContext | undefined {
  const own = new Set(tls.rootCertificates.map(bare));
  const further = systemCertificates(environment, log).filter(certificate => !own.has(bare(certificate)));
  if (further.length === 0) return undefined;
  const context = tls.createSecureContext();
  // The option `ca` would take the place of Node's own certificates. With the first one that is added Node forgets those of
  // NODE_EXTRA_CA_CERTS, which it has read itself.
  const extra = readBundle(process.env.NODE_EXTRA_CA_CERTS ?? '');
  for (const certificate of [...further, ...certificatesOf(extra ?? '')])
    context.context.addCACert(certificate);
  return context;
}

/** The system's certificates, each in PEM. Node tells them itself from 22.15 on; before, their usual file is read. */
function systemCertificates(environment: Environment, log: (message: string) => void): readonly string[] {
  const named = environment.SSL_CERT_FILE ?? '';
  if (named !== '') {
    const text = readBundle(named);
    if (text === undefined) log(`the certificates of SSL_CERT_FILE (${named}) can't be read`);
    return certificatesOf(text ?? '');
  }
  if ('getCACertificates' in tls && typeof tls.getCACertificates === 'function')
    return tls.getCACertificates('system') as readonly string[];
  for (const path of bundles) {
    const text = readBundle(path);
    if (text !== undefined) return certificatesOf(text);
  }
  return [];
}

/** Where systems keep what they trust (Go crypto/x509 root_linux.go, root_bsd.go). */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

function readBundle(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const certificatesOf = (bundle: string): readonly string[] =>
  bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

/** Lines may be of any length. */
const bare = (certificate: string): string => certificate.replaceAll('\n', '');
