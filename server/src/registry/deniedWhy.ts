import type { Credential } from './credentials';
import type { Endpoint } from './endpoint';

/**
 * Why a registry does not let us read, and what to do. Registries hide whether a private image exists. `withheldFrom` is
 * the token server that did not get to see the stored credentials.
 */
export function deniedWhy(
  { name, credentials }: Endpoint,
  credential: Credential | undefined,
  withheldFrom: string | undefined,
): string {
  if (withheldFrom !== undefined)
    return `not found, or private: ${name} signs people in at ${withheldFrom}, which does not get the credentials stored for ${credentials}`;
  switch (credential?.kind) {
    case 'password':
    case 'identity':
      return `not found, or private: ${name} does not show it with the credentials stored for ${credentials}`;
    case 'elsewhere':
      return `not found, or private: the credentials for ${credentials} are kept by a credential helper, which Meshfit does not run`;
    case undefined:
      return `not found, or private: ${name} does not show it without credentials (docker login ${credentials})`;
  }
}
