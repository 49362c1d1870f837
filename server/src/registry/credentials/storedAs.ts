import { createHash } from 'node:crypto';
import type { Credential, Stored } from '../credential';

/**
 * A credential with the name of its account: the user's name, or for a token a few letters that tell it from others at this
 * registry and from which nobody can get it back.
 */
export function storedAs(credential: Credential, registry: string): Extract<Stored, { kind: 'credential' }> {
  if (credential.kind === 'password') return { kind: 'credential', credential, account: credential.username };
  const hash = createHash('sha256').update(`meshfit\0${registry}\0${credential.token}`).digest('hex');
  return { kind: 'credential', credential, account: `<token> ${hash.slice(0, 12)}` };
}
