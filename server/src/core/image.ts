/** A container image reference in its normal form: `docker.io/istio/pilot:1.14.1` for `istio/pilot:1.14.1`. */
export interface ImageReference {
  /** The registry's host with its port: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** The path below the registry: `istio/pilot`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…`; decides what is fetched, also where a tag is given. */
  readonly digest?: string;
}

export type ParsedImage =
  | { readonly kind: 'image'; readonly image: ImageReference }
  | { readonly kind: 'invalid'; readonly why: string };

export declare function parseImage(text: string): ParsedImage;
export declare function formatImage(image: ImageReference): string;
