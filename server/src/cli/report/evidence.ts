import type { ChildCheck } from '../../core/fact';
import { formatPlatform } from '../../core/platform';
import type { Source } from '../../core/verdict';

/** Who answered, and when (as an ISO time); `checked` is there where the images behind an index were read. */
export type EvidenceJson =
  | {
      readonly kind: 'registry';
      readonly by: string;
      readonly seen: string;
      readonly digest: string;
      readonly checked?: readonly ChildJson[];
    }
  | { readonly kind: 'release facts'; readonly read: string };

/** One image behind an index: what it is in truth stands under `actual`, the reason why it was not read under `why`. */
export interface ChildJson {
  readonly platform: string;
  readonly result: ChildCheck['kind'];
  readonly digest: string;
  readonly actual?: string;
  readonly why?: string;
}

export const evidenceJson = (source: Source): EvidenceJson =>
  source.kind === 'registry'
    ? {
        kind: source.kind,
        by: source.by,
        seen: new Date(source.seen).toISOString(),
        digest: source.digest,
        ...(source.checked && { checked: source.checked.map(childJson) }),
      }
    : source;

const childJson = (check: ChildCheck): ChildJson => ({
  platform: formatPlatform(check.platform),
  result: check.kind,
  digest: check.digest,
  ...(check.kind === 'contradicts' && { actual: formatPlatform(check.actual) }),
  ...(check.kind === 'unread' && { why: check.why }),
});
