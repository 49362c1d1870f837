import { createCache } from '../cache';
import type { Stored } from '../credential';
import { createFlights } from '../flights';
import { createQueue } from '../queue';
import type { HelperQuestion } from './authFile';
import type { AskHelper, HelperAnswer } from './credentialHelper';

/** What credential helpers have said, remembered for a while. */
export interface HelperAnswers {
  /** The last answer, however old. */
  readonly known: (question: HelperQuestion) => Stored | undefined;
  /** An answer that is not too old, from the helper if need be. Rejects only when `signal` is aborted. */
  readonly get: (question: HelperQuestion, signal: AbortSignal) => Promise<Stored>;
  readonly forget: () => void;
}

interface Kept {
  readonly answer: HelperAnswer;
  /** When the helper may be asked again. */
  readonly until: number;
  /** How often in a row it has failed. */
  readonly failures: number;
}

const seconds = 1000;
const usualTime = 600 * seconds;
const firstPause = 5 * seconds;

/**
 * An answer holds for 10 minutes; a failure for 5 s, and twice as long each time, up to 10 minutes. A helper that can't be had
 * at all is left alone for all registries. A registry is asked for once by however many want to know, and four of them at once
 * of one helper.
 */
export function createHelperAnswers(ask: AskHelper, now: () => number): HelperAnswers {
  const create = () => createCache<Kept>(1000, now);
  const flights = createFlights<Stored>();
  const queue = createQueue({ perHost: 4, total: 8 });
  let answers = create();
  const isFresh = ({ until }: Kept): boolean => now() < until && until - now() <= usualTime;

  const keep = (kept: ReturnType<typeof create>, key: string, answer: HelperAnswer): void => {
    const failures = answer.kind === 'failed' ? (kept.get(key)?.failures ?? 0) + 1 : 0;
    const time = failures === 0 ? usualTime : Math.min(firstPause * 2 ** (failures - 1), usualTime);
    kept.set(key, { answer, until: now() + time, failures }, Number.POSITIVE_INFINITY);
  };

  return {
    known: question => answers.get(keyOf(question))?.answer,
    async get(question, signal) {
      const key = keyOf(question);
      // What is found out after `forget` belongs to the past.
      const kept = answers;
      const known = kept.get(key);
      if (known !== undefined && isFresh(known)) return known.answer;
      const { helper } = question;
      return flights.join(key, signal, shared =>
        queue.run(helper, shared, async () => {
          const paused = kept.get(helper);
          if (paused !== undefined && isFresh(paused)) {
            kept.set(key, paused, Number.POSITIVE_INFINITY);
            return paused.answer;
          }
          const answer = await ask(question, shared);
          keep(kept, key, answer);
          const before = kept.get(helper);
          const isWhole = answer.kind === 'failed' && answer.wholly;
          if (!isWhole) kept.delete(helper);
          else if (before === undefined || !isFresh(before)) keep(kept, helper, answer);
          return answer;
        }),
      );
    },
    forget() {
      answers = create();
      flights.forget();
    },
  };
}

/** A helper's own key, its name, is never the key of a question. */
const keyOf = ({ helper, server }: HelperQuestion): string => `${helper} ${server}`;
