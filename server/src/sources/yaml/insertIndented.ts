import type { Insertion } from '../../core/source';
import type { Traced } from '../../core/traced';
import { eolOf, lineStart } from './layout';

/**
 * An insertion into a text that stands indented in a chunk, such as a block scalar: its lines get the indentation that was
 * taken away from the lines around them. `undefined` where a line of the text is no line of the chunk, as in quotes.
 */
export function insertIndented(
  chunk: string,
  { stretches }: Traced,
  { span, newText }: Insertion,
): Insertion | undefined {
  if (!newText.includes('\n')) return { span, newText };
  const leads = stretches.flatMap(({ exact, site }) => {
    const { start, end } = site.span;
    const isOwn =
      exact && site.via === undefined && start <= span.start && chunk.slice(start, end).trim() !== '';
    const lead = isOwn ? chunk.slice(lineStart(chunk, start), start) : undefined;
    return lead !== undefined && /^[ \t]*$/.test(lead) ? [lead] : [];
  });
  const lead = leads.at(-1);
  const atLine = span.start === 0 || chunk[span.start - 1] === '\n';
  const atLineEnd = /^(?:\r?\n|$)/.test(chunk.slice(span.end, span.end + 2));
  if (lead === undefined || !(newText.startsWith('\n') ? atLineEnd : atLine || atLineEnd)) return undefined;
  const lines = (atLine ? lead + newText : newText).replace(/\n(?!$)/g, `\n${lead}`);
  return { span, newText: lines.replaceAll('\n', eolOf(chunk)) };
}
