/** Keeps one broken feature from stopping the server. */
export interface Guard {
  /** Tells the log of a mistake of our own. */
  readonly report: (error: unknown) => void;
  /** A handler that answers `fallback` where `handler` fails, and tells the log. */
  readonly request: <A extends readonly unknown[], R>(
    handler: (...args: A) => R | Promise<R>,
    fallback: R,
  ) => (...args: A) => Promise<R>;
}

export function guardFor(log: (message: string) => void): Guard {
  const report = (error: unknown): void =>
    log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return {
    report,
    request:
      (handler, fallback) =>
      async (...args) => {
        try {
          return await handler(...args);
        } catch (error) {
          report(error);
          return fallback;
        }
      },
  };
}
