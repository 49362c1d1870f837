import type { Whereabouts } from './auth';
import type { Stored } from './credential';
import type { Endpoint } from './endpoint';

/** Why a registry does not let us read, and what to do. Registries hide whether a private image exists. */
export function deniedWhy(
  { name, credentials }: Endpoint,
  stored: Stored,
  { registry, withheldFrom }: Whereabouts,
): string {
  const hint = (who: 'anonymous' | 'signedIn') =>
    registry === undefined ? '' : `; ${registry.refusal[who]}`;
  if (withheldFrom !== undefined)
    return `not found, or private: ${name} signs people in at ${withheldFrom}, which does not get the credentials stored for ${credentials}`;
  switch (stored.kind) {
    case 'credential':
      return `not found, or private: ${name} does not show it with the credentials stored for ${credentials}${hint('signedIn')}`;
    case 'failed':
      return `not found, or private: ${name} does not show it without credentials, and ${stored.why}`;
    case 'none':
      return `not found, or private: ${name} does not show it without credentials (docker login ${credentials})${hint('anonymous')}`;
  }
}
