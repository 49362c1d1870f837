import { joinTraced, sliceTraced, type Traced } from '../../core/traced';

/** A text without the carriage returns before its line ends and the byte order mark at its start: the shell has neither. */
export function withPlainLineEnds(text: Traced): Traced {
  if (!text.raw.includes('\r') && !text.raw.startsWith('\uFEFF')) return text;
  const parts: Traced[] = [];
  let from = text.raw.startsWith('\uFEFF') ? 1 : 0;
  for (let at = text.raw.indexOf('\r\n'); at >= 0; at = text.raw.indexOf('\r\n', at + 1)) {
    if (at > from) parts.push(sliceTraced(text, from, at));
    from = at + 1;
  }
  parts.push(sliceTraced(text, from));
  return joinTraced(parts);
}
