import type { Explanation } from '../core/explain';
import type { ImageUse } from '../core/install';
import { textOf } from '../core/text';
import type { Verdict } from '../core/verdict';
import { distinct, platformsListed } from '../core/words';
import { escapeMarkdown, inlineCode } from './markdown';

/** The hover as Markdown: what is installed, then a row for each image with its platforms, then what is open. */
export function hoverText({ plan, images, gaps }: Explanation, now: number): string {
  const version = plan.version === undefined ? 'version unknown' : plan.version.version;
  const rows = distinct(images.map(({ use, verdict }) => row(use, verdict, now)));
  return [
    `**Istio ${escapeMarkdown(version)}** pulls:`,
    '',
    ...rows,
    ...(rows.length === 0 ? ['no images'] : []),
    ...gaps.flatMap(({ why }) => ['', `Open: ${escapeMarkdown(why)}.`]),
  ].join('\n');
}

function row(use: ImageUse, verdict: Verdict, now: number): string {
  const name = textOf(use.reference);
  const where = use.when === 'injection' ? 'every pod that joins the mesh' : use.workload;
  return `- ${inlineCode(name)} – ${verdictText(verdict, now)}  \n  ${escapeMarkdown(where)}`;
}

function verdictText(verdict: Verdict, now: number): string {
  switch (verdict.kind) {
    case 'supported':
      return `✓ ${escapeMarkdown(platformsListed(verdict.available))} ${sourceText(verdict.source, now)}`;
    case 'unsupported':
      return `✗ **no ${escapeMarkdown(platformsListed(verdict.missing))}**, only ${escapeMarkdown(platformsListed(verdict.available))} ${sourceText(verdict.source, now)}`;
    case 'missing':
      return `✗ **does not exist**: ${escapeMarkdown(verdict.why)}`;
    case 'invalid':
      return `✗ **can't be run**: ${escapeMarkdown(verdict.why)}`;
    case 'unknown':
      return `? could not be checked: ${escapeMarkdown(verdict.because)}`;
    case 'pending':
      return '… asking the registry';
    case 'unresolved':
      return '? its name is not complete in the text';
  }
}

function sourceText(source: Extract<Verdict, { kind: 'supported' }>['source'], now: number): string {
  if (source.kind === 'release facts')
    return `_(Istio's release facts, read ${escapeMarkdown(source.read)})_`;
  return `_(asked the registry ${ageText(now - source.seen)})_`;
}

/** How long ago, in words; `age` in milliseconds. */
function ageText(age: number): string {
  const minutes = Math.floor(age / 60_000);
  if (minutes < 1) return 'just now';
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`;
}
