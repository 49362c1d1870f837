import assert from 'node:assert/strict';
import type { Fragment } from '../../../server/src/core/fragment';
import type { Source } from '../../../server/src/core/source';
import type { Site } from '../../../server/src/core/text';
import type { Traced } from '../../../server/src/core/traced';

/** What a text says, stretch by stretch, with the written text in brackets where that is not the same. */
export function showTraced({ raw, stretches }: Traced, text: string): string {
  let at = 0;
  return stretches
    .map(({ length, site, exact, why }) => {
      const part = raw.slice(at, at + length);
      at += length;
      const written = text.slice(site.span.start, site.span.end);
      if (exact) assert.equal(written, part);
      return why === undefined ? part : `<${part}: ${why}>`;
    })
    .join('');
}

/** Asserts that every site of a text lies in the document, and that exact parts are what is written there. */
export function assertTraced(traced: Traced, text: string): void {
  showTraced(traced, text);
  const lengths = traced.stretches.reduce((sum, { length }) => sum + length, 0);
  assert.equal(lengths, traced.raw.length);
  for (const { site } of traced.stretches)
    for (const step of [site, ...(site.via ?? [])]) assertWithin(step, text);
}

function assertWithin({ span: { start, end } }: Site, text: string): void {
  assert.ok(start >= 0 && start <= end && end <= text.length, `${start}-${end} of ${text.length}`);
}

/** What a source reads from a text that takes in no other file. */
export const readAlone = (source: Source, text: string): readonly Fragment[] =>
  source.read(text, 'file:///a', reference => ({ uri: `file:///${reference}`, text: undefined }));

/** The commands of a text, one a line: each word, and where it is written if that reads differently. */
export function showCommands(source: Source, text: string): readonly string[] {
  return readAlone(source, text).flatMap(fragment => {
    if (fragment.kind !== 'command') return [];
    const words = fragment.words.map(({ text: word, site }) => {
      const value = word.kind === 'literal' ? word.value : `?${word.raw}`;
      const written = text.slice(site.span.start, site.span.end);
      return written === value ? value : `${value}@${written}`;
    });
    return [words.join(' ')];
  });
}

/** Asserts that a source reads any text without an error, and that all its sites lie within it. */
export function assertReads(source: Source, text: string): void {
  for (const fragment of readAlone(source, text)) {
    assertWithin(fragment.anchor, text);
    if (fragment.kind === 'manifest') continue;
    for (const { site, traced } of fragment.words) {
      assertWithin(site, text);
      assertTraced(traced, text);
    }
    if (fragment.end !== undefined) assertWithin(fragment.end, text);
  }
}

/** Reads a large text within ten seconds: a reading that looks at units again and again takes minutes. */
export function assertFast(read: () => unknown): void {
  const start = performance.now();
  read();
  assert.ok(performance.now() - start < 10_000);
}
