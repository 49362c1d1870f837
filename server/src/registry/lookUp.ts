import type { Known, Wanted } from '../core/fact';
import type { Client, Found } from './client';
import { accountOf, type Credentials } from './credential';
import { completedBy, lacksImages } from './elsewhere';
import { type Endpoint, repositoryAt } from './endpoint';
import type { Limits } from './limits';
import type { Secrets } from './secrets';
import type { Together } from './together';
import type { Traffic } from './traffic';
import { trouble } from './trouble';

/**
 * Asks the endpoints that serve an image, one after the other, until one has it. Rejects only when `signal` is aborted.
 */
export type LookUp = (
  wanted: Wanted,
  endpoints: readonly Endpoint[],
  circumstances: Circumstances,
  signal: AbortSignal,
) => Promise<Found>;

export interface Circumstances {
  /** What is wanted of the same endpoints at the same time. */
  readonly together: Together;
  /** What was last known of the image. */
  readonly before: Known | undefined;
  /** Takes in for which account each endpoint is asked. */
  readonly accounts: Map<Endpoint, string>;
}

export interface LookUpOptions {
  readonly client: Client;
  readonly credentials: Credentials;
  readonly traffic: Traffic;
  /** Whether what is looked up is what the user has asked for, and not only written in a document. */
  readonly explicit: boolean;
  /** What nobody is to see. */
  readonly secrets: Secrets;
  readonly limits: Limits;
  readonly log: (message: string) => void;
}

export function createLookUp(options: LookUpOptions): LookUp {
  const { client, credentials, traffic, explicit, secrets, limits, log } = options;
  const askOne = async (
    { image, depth }: Wanted,
    endpoint: Endpoint,
    { together, before, accounts }: Circumstances,
    signal: AbortSignal,
  ): Promise<Found> => {
    const repository = repositoryAt(endpoint, image.repository);
    const stored = await credentials.get(endpoint.credentials, repository, signal);
    accounts.set(endpoint, accountOf(stored));
    const others = () => together(endpoint).filter(other => other !== repository);
    // Only who has said it is asked whether it still holds: elsewhere there may be nothing, or something else.
    const said = before !== undefined && before.by === endpoint.name ? { before } : {};
    const target = { endpoint, image, depth, repository, stored, together: others, ...said };
    const turn = { host: endpoint.root.host, explicit };
    return traffic.run(turn, signal, () => inTime(inner => client(target, inner), endpoint, signal));
  };

  const inTime = async (
    job: (signal: AbortSignal) => Promise<Found>,
    { name }: Endpoint,
    signal: AbortSignal,
  ): Promise<Found> => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), limits.lookup);
    try {
      return secrets.hideIn(await job(AbortSignal.any([signal, controller.signal])));
    } catch (error) {
      signal.throwIfAborted();
      if (controller.signal.aborted)
        return { ...trouble(`${name} did not answer within ${limits.lookup / 1000} s`), hostWide: true };
      log(`asking ${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
      return trouble(`asking ${name} failed inside Meshfit; its log says more`);
    } finally {
      clearTimeout(timer);
    }
  };

  return async (wanted, endpoints, circumstances, signal) => {
    const failed: Unfound[] = [];
    let partial: Known | undefined;
    for (const endpoint of endpoints) {
      const found = await askOne(wanted, endpoint, circumstances, signal);
      if (partial !== undefined) partial = completedBy(partial, found);
      else if (found.kind === 'known') partial = found;
      else if (found.kind === 'invalid') return found;
      else failed.push(found);
      if (partial !== undefined && !lacksImages(partial)) return partial;
    }
    return partial ?? summary(failed);
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
