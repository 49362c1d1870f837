import { childInWords, unreadWhy, wereImagesRead } from '../core/children';
import type { Explanation } from '../core/explain';
import type { ImageUse } from '../core/install';
import type { Platform } from '../core/platform';
import { textOf } from '../core/text';
import type { Source, Verdict } from '../core/verdict';
import { capitalised, distinct, listed, platformsListed } from '../core/words';
import { escapeMarkdown, inlineCode } from './markdown';

/**
 * The hover as Markdown: what is installed, a row for each image with its platforms and the workloads that pull it, what
 * is open, and who said so when (`now` in milliseconds since 1970). Where pods may run is told if that leaves out one of the
 * `targets`.
 */
export function hoverText(
  { plan, images, gaps }: Explanation,
  targets: readonly Platform[],
  now: number,
): string {
  const version = plan.version === undefined ? 'version unknown' : plan.version.version;
  // One image may be right for some pods and wrong for others, which run on other nodes.
  const keyOf = ({ use, verdict }: Explanation['images'][number]): string =>
    `${textOf(use.reference)} ${verdict.kind}`;
  const rows = distinct(images.map(keyOf)).flatMap(key => {
    const group = images.filter(image => keyOf(image) === key);
    const uses = group.map(({ use }) => use);
    return group[0] === undefined
      ? []
      : [row(textOf(group[0].use.reference), group[0].verdict, uses, targets)];
  });
  const sources = distinct(
    images.flatMap(({ verdict }) => ('source' in verdict ? [sourceText(verdict.source, now)] : [])),
  );
  return [
    `**Istio ${escapeMarkdown(version)}** pulls${rows.length === 0 ? ' no images' : ''}`,
    '',
    ...rows,
    ...gaps.flatMap(({ why }) => ['', `Open: ${escapeMarkdown(why)}.`]),
    ...(sources.length === 0 ? [] : ['', `_${sources.join('; ')}_`]),
  ].join('\n');
}

function row(
  name: string,
  verdict: Verdict,
  uses: readonly ImageUse[],
  targets: readonly Platform[],
): string {
  const pulledBy = uses.map(({ when, workload }) =>
    when === 'injection' ? 'every pod that joins the mesh' : workload,
  );
  const read = 'source' in verdict ? readText(verdict.source) : [];
  const lines = [
    distinct(pulledBy).join(', '),
    ...read,
    ...distinct(uses.flatMap(use => limitText(use, targets))),
  ];
  return [`- ${inlineCode(name)} – ${verdictText(verdict)}`, ...lines.map(escapeMarkdown)].join('  \n  ');
}

/** Which nodes the pods are kept to, and by what. */
function limitText({ workload, when, nodes }: ImageUse, targets: readonly Platform[]): readonly string[] {
  if (nodes === undefined) return [];
  const leavesOut = ({ os, architecture }: Platform) =>
    os === 'linux' && !nodes.architectures.includes(architecture);
  if (nodes.remark === undefined && !targets.some(leavesOut)) return [];
  const who = when === 'injection' ? 'They' : workload;
  const many = when === 'injection' ? 'run' : 'runs';
  const text = `${who} ${many} on ${listed(nodes.architectures)} nodes only, by ${nodes.by}.`;
  return [nodes.remark === undefined ? text : `${text} ${nodes.remark}`];
}

function verdictText(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'supported':
      return `✓ ${escapeMarkdown(platformsListed(verdict.available))}`;
    case 'unsupported': {
      const { missing, broken, available } = verdict;
      const wrong = [
        ...(missing.length === 0 ? [] : [`no ${platformsListed(missing)}`]),
        ...broken.map(childInWords),
      ];
      const only = available.length === 0 ? '' : `, only ${escapeMarkdown(platformsListed(available))}`;
      return `✗ ${wrong.map(words => `**${escapeMarkdown(words)}**`).join(', ')}${only}`;
    }
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

function sourceText(source: Source, now: number): string {
  return source.kind === 'release facts'
    ? `By Istio's release facts, read ${escapeMarkdown(source.read)}`
    : `By ${escapeMarkdown(source.by)}, ${ageText(now - source.seen)}`;
}

/** Whether more was read than the index. */
function readText(source: Source): readonly string[] {
  if (source.kind === 'release facts' || source.checked === undefined) return [];
  const unread = source.checked.flatMap(check =>
    check.kind === 'unread' ? capitalised(unreadWhy(check)) : [],
  );
  const read =
    unread.length === 0 ? 'The images behind its index were read.' : 'Images behind its index were read.';
  return [...(wereImagesRead(source) ? [read] : []), ...unread.map(why => `${why}.`)];
}

/** How long ago, in words; `age` in milliseconds. */
function ageText(age: number): string {
  const minutes = Math.floor(age / 60_000);
  if (minutes < 1) return 'just now';
  return `as of ${minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`} ago`;
}
