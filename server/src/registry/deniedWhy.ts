import type { Stored } from './credential';
import type { Endpoint } from './endpoint';

/**
 * Why a registry does not let us read, and what to do. Registries hide whether a private image exists. `withheldFrom` is
 * the token server that did not get to see the stored credentials.
 */
export function deniedWhy(
  { name, credentials }: Endpoint,
  stored: Stored,
  withheldFrom: string | undefined,
): string {
  if (withheldFrom !== undefined)
    return `not found, or private: ${name} signs people in at ${withheldFrom}, which does not get the credentials stored for ${credentials}`;
  switch (stored.kind) {
    case 'credential':
      return `not found, or private: ${name} does not show it with the credentials stored for ${credentials}`;
    case 'failed':
      return `not found, or private: ${name} does not show it without credentials, and ${stored.why}`;
    case 'none':
      return `not found, or private: ${name} does not show it without credentials (docker login ${credentials})`;
  }
}
