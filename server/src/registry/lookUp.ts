import type { ImageReference } from '../core/image';
import type { Client, Found } from './client';
import type { Credentials } from './credential';
import type { Endpoint } from './endpoint';
import type { Limits } from './limits';
import type { Traffic } from './traffic';
import { trouble } from './trouble';

/**
 * Asks the endpoints that serve an image, one after the other, until one has it. `together` are the images that are wanted
 * of the same endpoints at the same time. Rejects only when `signal` is aborted.
 */
export type LookUp = (
  image: ImageReference,
  endpoints: readonly Endpoint[],
  together: readonly ImageReference[],
  signal: AbortSignal,
) => Promise<Found>;

export interface LookUpOptions {
  readonly client: Client;
  readonly credentials: Credentials;
  readonly traffic: Traffic;
  readonly limits: Limits;
  readonly log: (message: string) => void;
}

export function createLookUp({ client, credentials, traffic, limits, log }: LookUpOptions): LookUp {
  const askOne = async (
    image: ImageReference,
    endpoint: Endpoint,
    together: readonly ImageReference[],
    signal: AbortSignal,
  ): Promise<Found> => {
    const repositoryAt = ({ repository }: ImageReference) => endpoint.prefix + repository;
    const repository = repositoryAt(image);
    const stored = await credentials.get(endpoint.credentials, repository, signal);
    const others = new Set(together.map(repositoryAt));
    others.delete(repository);
    const target = { endpoint, image, repository, stored, together: [...others] };
    return traffic.run(endpoint, signal, () => inTime(inner => client(target, inner), endpoint, signal));
  };

  const inTime = async (
    job: (signal: AbortSignal) => Promise<Found>,
    { name }: Endpoint,
    signal: AbortSignal,
  ): Promise<Found> => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), limits.lookup);
    try {
      return await job(AbortSignal.any([signal, controller.signal]));
    } catch (error) {
      signal.throwIfAborted();
      if (controller.signal.aborted)
        return trouble(`${name} did not answer within ${limits.lookup / 1000} s`);
      log(`asking ${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
      return trouble(`asking ${name} failed inside Meshfit; its log says more`);
    } finally {
      clearTimeout(timer);
    }
  };

  return async (image, endpoints, together, signal) => {
    const failed: Unfound[] = [];
    for (const endpoint of endpoints) {
      const found = await askOne(image, endpoint, together, signal);
      if (found.kind === 'known' || found.kind === 'invalid') return found;
      failed.push(found);
    }
    return summary(failed);
  };
}

/** How a lookup ends at an endpoint that does not have the image, or does not say. */
type Unfound = Exclude<Found, { kind: 'known' | 'invalid' }>;

/**
 * What several endpoints say together when none has the image. That it does not exist is an answer, which trouble with
 * another endpoint does not take back; everything that they said is told.
 */
function summary(failed: readonly Unfound[]): Unfound {
  const first = failed.find(({ kind }) => kind === 'absent') ?? failed.at(-1);
  if (first === undefined) return trouble('nobody serves this image');
  const others = failed.filter(other => other !== first && other.why !== first.why);
  return others.length === 0
    ? first
    : { ...first, why: [first.why, ...others.map(({ why }) => why)].join('; ') };
}
