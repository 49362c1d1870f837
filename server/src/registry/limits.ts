/** How long, how much and how often. Times are milliseconds, sizes are bytes after decoding. */
export interface Limits {
  /** Until a connection is up, with TLS. */
  readonly connect: number;
  /** Until the headers of one answer are there. */
  readonly headers: number;
  /** One lookup with all its requests. */
  readonly lookup: number;
  readonly manifestBytes: number;
  readonly configBytes: number;
  /** Token answers and error answers. */
  readonly smallBytes: number;
  readonly redirects: number;
  /** Further tries after a failure that may pass quickly, and the pause before the first of them. */
  readonly retries: number;
  readonly retryDelay: number;
  /** Lookups at a time: for one registry, and in all. */
  readonly perHost: number;
  readonly total: number;
  /** Manifests that are fetched beyond the first, for an index whose entries do not say their platform. */
  readonly extraManifests: number;
  readonly nesting: number;
}

export const defaultLimits: Limits = {
  connect: 5_000,
  headers: 10_000,
  lookup: 20_000,
  manifestBytes: 4 * 1024 * 1024,
  configBytes: 1024 * 1024,
  smallBytes: 64 * 1024,
  redirects: 5,
  retries: 2,
  retryDelay: 200,
  perHost: 4,
  total: 8,
  extraManifests: 8,
  nesting: 3,
};
