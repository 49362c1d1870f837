import type { Related } from '../../core/finding';
import type { Command } from '../../core/fragment';
import { textOf } from '../../core/text';
import { earlierSteps } from './earlierSteps';
import { matchesIn } from './versionTexts';

// istio/release-builder pkg/build/archive.go: names of the archives; release/downloadIstioCandidate.sh: TARGET_ARCH.
const inArchive = /(?<=istio(?:ctl)?-[^/\s]*-linux-)(?:arm64|armv7)(?=\.|$)/gi;
const inVariable = /(?<=^TARGET_ARCH=)(?:arm64|aarch64|armv\w*)$/gi;
const wholeName = /^(?:arm64|aarch64|armv\w*)$/gi;

/**
 * A note where the script downloads an istioctl for linux/arm64 or another ARM: that is the architecture of the client,
 * and no image is chosen by it.
 */
export function clientNotes(command: Command): readonly Related[] {
  const steps = earlierSteps(command);
  const byScript = steps.some(({ words }) => words.some(({ text }) => /\/downloadIstio/i.test(textOf(text))));
  const variable = command.variables.get('TARGET_ARCH');
  const named = steps.flatMap(({ words, settings }) => [
    ...words.flatMap(word => matchesIn(word, inArchive)),
    ...(byScript ? settings.flatMap(word => matchesIn(word, inVariable)) : []),
  ]);
  const set = byScript && variable !== undefined ? matchesIn(variable, wholeName) : [];
  const last = named.at(-1) ?? set.at(-1);
  if (last === undefined) return [];
  const message =
    `Only istioctl itself is downloaded for ${textOf(last.text)} here; ` +
    'the architecture of the images does not follow from it.';
  return [{ site: last.site, message }];
}
