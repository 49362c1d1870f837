/** Runs that several callers share: whoever asks for the same key meanwhile waits for the same answer. */
export interface Flights<T> {
  /**
   * The answer for `key`, from the run under way or from a new one. Rejects with the signal's reason once `signal` is
   * aborted; the run itself is aborted when nobody waits for it any more.
   */
  readonly join: (
    key: string,
    signal: AbortSignal | undefined,
    run: (signal: AbortSignal) => Promise<T>,
  ) => Promise<T>;
  /** Lets the runs under way end, but hands them to nobody new. */
  readonly forget: () => void;
  /** Aborts the runs under way. */
  readonly stop: () => void;
}

interface Flight<T> {
  readonly answer: Promise<T>;
  readonly controller: AbortController;
  waiting: number;
}

export function createFlights<T>(): Flights<T> {
  const flights = new Map<string, Flight<T>>();
  const start = (key: string, run: (signal: AbortSignal) => Promise<T>): Flight<T> => {
    const controller = new AbortController();
    const answer = run(controller.signal).finally(() => {
      if (flights.get(key)?.answer === answer) flights.delete(key);
    });
    const flight = { answer, controller, waiting: 0 };
    flights.set(key, flight);
    return flight;
  };
  const leave = (key: string, flight: Flight<T>): void => {
    flight.waiting -= 1;
    if (flight.waiting > 0) return;
    if (flights.get(key) === flight) flights.delete(key);
    flight.controller.abort();
  };
  return {
    async join(key, signal, run) {
      signal?.throwIfAborted();
      const flight = flights.get(key) ?? start(key, run);
      flight.waiting += 1;
      return new Promise<T>((resolve, reject) => {
        const stop = () => {
          reject(signal?.reason);
          leave(key, flight);
        };
        signal?.addEventListener('abort', stop, { once: true });
        flight.answer.then(resolve, reject).finally(() => signal?.removeEventListener('abort', stop));
      });
    },
    forget: () => flights.clear(),
    stop() {
      for (const { controller } of flights.values()) controller.abort();
      flights.clear();
    },
  };
}
