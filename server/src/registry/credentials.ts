import type { Credentials, Stored } from './credential';
import type { AuthFile, HelperQuestion, Place } from './credentials/authFile';
import { createAuthFiles } from './credentials/authFiles';
import { parseAuthKey } from './credentials/authKey';
import { authPlaces } from './credentials/authPlaces';
import { createAskHelper, type HelperOptions } from './credentials/credentialHelper';
import { createHelperAnswers } from './credentials/helperAnswers';
import type { Environment } from './environment';

export interface CredentialOptions extends Partial<Pick<HelperOptions, 'milliseconds' | 'folders'>> {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * The user's own credentials, as Docker and Podman keep them (`authPlaces` says where, `parseAuthFile` in which order), from
 * files and from the helper programs that these name. The first place that has a credential counts, and if none has, the first
 * failure is told. Trouble goes to `log`, once and without a secret. `folders` are those that are open, from where no program
 * is run: the current folder unless told otherwise. Nothing is read and nothing is run before the first question.
 */
export function loadCredentials(
  env: Environment,
  log: (message: string) => void,
  options: CredentialOptions = {},
): Credentials {
  const { now = Date.now, milliseconds = 5000, folders = () => [process.cwd()] } = options;
  const files = createAuthFiles({ places: () => authPlaces(env, log), log, now });
  const helpers = createHelperAnswers(createAskHelper({ env, folders, milliseconds }), now);
  const told = new Set<string>();
  let seen: readonly AuthFile[] = [];

  /** A file that has changed often tells that somebody has just signed in or out, so helpers are asked again. */
  const current = (): readonly AuthFile[] => {
    const found = files.current();
    if (found !== seen) helpers.forget();
    seen = found;
    return found;
  };
  const places = (registry: string, repository: string): readonly Place[] => {
    const name = nameOf(registry);
    return current().flatMap(file => file.find(name, repository));
  };
  const tell = (stored: Stored): void => {
    if (stored.kind !== 'failed' || told.has(stored.why)) return;
    told.add(stored.why);
    log(`${stored.why}; registries are asked without it`);
  };
  const ask = async (question: HelperQuestion, signal: AbortSignal): Promise<Stored> => {
    const stored = await helpers.get(question, signal);
    tell(stored);
    return stored;
  };

  return {
    has: registry => current().some(file => file.registries.has(nameOf(registry))),
    peek(registry, repository) {
      const known: Stored[] = [];
      for (const place of places(registry, repository)) {
        const stored = place.kind === 'helper' ? helpers.known(place) : place;
        if (stored === undefined) return undefined;
        if (stored.kind === 'credential') return stored;
        known.push(stored);
      }
      return firstFailure(known);
    },
    async get(registry, repository, signal) {
      const known: Stored[] = [];
      for (const place of places(registry, repository)) {
        const stored = place.kind === 'helper' ? await ask(place, signal) : place;
        if (stored.kind === 'credential') return stored;
        known.push(stored);
      }
      return firstFailure(known);
    },
    forget() {
      files.forget();
      helpers.forget();
    },
  };
}

const nameOf = (registry: string): string => parseAuthKey(registry)?.registry ?? registry;

const firstFailure = (known: readonly Stored[]): Stored =>
  known.find(({ kind }) => kind === 'failed') ?? { kind: 'none' };
