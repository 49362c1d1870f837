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

/** How many images a registry still lets this user pull, and until when at the latest (milliseconds since 1970). */
export interface Allowance {
  readonly remaining: number;
  readonly limit?: number;
  readonly resets: number;
}

/** How it stands with a host that was asked, for the user. Times are milliseconds since 1970. */
export interface HostStatus {
  /** `HOST` or `HOST:PORT`. */
  readonly host: string;
  /** Until when it is left alone, and why. */
  readonly paused?: { readonly until: number; readonly why: string };
  /** How many images it still lets the user pull, where it has said so. */
  readonly allowance?: Allowance;
}
