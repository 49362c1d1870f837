/** What lets a user in at a registry. */
export type Credential =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** A refresh token, which only a token server takes. */
  | { readonly kind: 'identity'; readonly token: string }
  /** An access token that is sent to the registry as it is. */
  | { readonly kind: 'registry token'; readonly token: string };

/** What the user keeps for a repository. */
export type Stored =
  | { readonly kind: 'none' }
  /** `account` tells one user's answers from another's; it holds no secret. */
  | { readonly kind: 'credential'; readonly credential: Credential; readonly account: string }
  /** There is something, but it can't be had: why, as a clause for people. The registry is asked without it. */
  | { readonly kind: 'failed'; readonly why: string };

/** The user's own credentials, by registry as written in references (`docker.io`, `localhost:5000`). */
export interface Credentials {
  /** Whether the user keeps something for this registry, which may then be asked. Runs no program. */
  readonly has: (registry: string) => boolean;
  /** What is kept for a repository, if that is known without waiting: of a helper its last answer, however old. */
  readonly peek: (registry: string, repository: string) => Stored | undefined;
  /** The same, from a helper program where the user has one. Rejects only when `signal` is aborted. */
  readonly get: (registry: string, repository: string, signal: AbortSignal) => Promise<Stored>;
  /** Drops what helper programs have answered, and reads the files again. */
  readonly forget: () => void;
}

const none: Stored = { kind: 'none' };

/** For somebody who keeps nothing. */
export const noCredentials: Credentials = {
  has: () => false,
  peek: () => none,
  get: async () => none,
  forget: () => {},
};

/** What tells the answers for one user from those for another; without a credential everybody gets the same. */
export const accountOf = (stored: Stored): string => (stored.kind === 'credential' ? stored.account : '');

/** The credential itself, if there is one to send. */
export const credentialOf = (stored: Stored): Credential | undefined =>
  stored.kind === 'credential' ? stored.credential : undefined;
