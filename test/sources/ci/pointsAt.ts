import assert from 'node:assert/strict';
import type { Traced } from '../../../server/src/core/traced';

/** Asserts that every stretch lies within the text, and that those that say so are written there as they are. */
export function assertPointsAtItsText({ raw, stretches }: Traced, text: string): void {
  let at = 0;
  for (const { length, site, exact } of stretches) {
    const { start, end } = site.span;
    assert.ok(0 <= start && start <= end && end <= text.length, `${start} to ${end} of ${text.length}`);
    if (exact) assert.equal(text.slice(start, end), raw.slice(at, at + length));
    at += length;
  }
  assert.equal(at, raw.length);
}
