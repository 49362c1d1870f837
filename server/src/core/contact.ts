/** One request that left this machine, for the user who wants to know whom Meshfit talks to. */
export interface Contact {
  /** `HOST` or `HOST:PORT`. */
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What it was for, as a clause: `the platforms of docker.io/istio/pilot:1.14.1`. */
  readonly why: string;
  /** What came back: the HTTP status, or why nothing did. */
  readonly outcome: string;
  /** The length of the body that came back, after decoding. */
  readonly bytes: number;
}
