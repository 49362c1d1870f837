/** One request to a registry as plain data, for whoever sends it: nothing is followed, nothing is added to it. */
export interface SendParams {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  /** Whether the user has named this host and port, so that it may be at any address. */
  readonly named: boolean;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How much of a body with status 200 is read, and how much of any other. In bytes, after decoding. */
  readonly maxBytes: number;
  readonly otherBytes: number;
}

/** What came back. */
export type SendResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The values of each header, one per line; names in lower case. */
      readonly headers: Readonly<Record<string, readonly string[]>>;
      /** In base64. */
      readonly body: string;
      /** Whether `body` is all there was. */
      readonly complete: boolean;
    }
  /** `code` is that of Node's error, or empty. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };
