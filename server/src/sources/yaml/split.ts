import type { Chunk } from '../../core/source';
import { mayHoldInstall } from '../interest';

/** Whether the text names an installer or the kind of an install; plain substring searches, no parsing. */
export const mayHold = mayHoldInstall;

/**
 * The documents of a YAML stream that may hold an install. Documents end at `---` and `...` at the start of a line
 * (YAML 1.2.2 section 9.1), also inside block scalars; directives and comments before `---` belong to what follows.
 */
export function split(text: string): readonly Chunk[] {
  if (!mayHold(text)) return [];
  const chunks: Chunk[] = [];
  let start = 0;
  const close = (end: number): void => {
    const chunk = text.slice(start, end);
    if (mayHold(chunk)) chunks.push({ start, text: chunk });
    start = end;
  };
  let opened = false;
  for (const marker of markers(text)) {
    if (marker.kind === 'end') {
      close(marker.lineEnd);
      opened = false;
    } else {
      if (opened || !isPrelude(text, start, marker.at)) close(marker.at);
      opened = true;
    }
  }
  close(text.length);
  return chunks;
}

interface Marker {
  readonly kind: 'start' | 'end';
  readonly at: number;
  /** Where the line after the marker begins. */
  readonly lineEnd: number;
}

function* markers(text: string): Generator<Marker> {
  const first = text.startsWith('\uFEFF') ? 1 : 0;
  let start = text.startsWith('---', first) ? first : nextLineWith(text, '---', first);
  let end = text.startsWith('...', first) ? first : nextLineWith(text, '...', first);
  while (start !== -1 || end !== -1) {
    const isStart = end === -1 || (start !== -1 && start < end);
    const at = isStart ? start : end;
    if (/^(?:[ \t\r\n]|$)/.test(text.slice(at + 3, at + 4))) {
      const newline = text.indexOf('\n', at);
      yield { kind: isStart ? 'start' : 'end', at, lineEnd: newline === -1 ? text.length : newline + 1 };
    }
    if (isStart) start = nextLineWith(text, '---', at);
    else end = nextLineWith(text, '...', at);
  }
}

function nextLineWith(text: string, marker: string, from: number): number {
  const newline = text.indexOf(`\n${marker}`, from);
  return newline === -1 ? -1 : newline + 1;
}

/** Whether there is nothing but blank lines, comments and directives. */
function isPrelude(text: string, start: number, end: number): boolean {
  let at = text.startsWith('\uFEFF', start) ? start + 1 : start;
  while (at < end) {
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline === -1 ? end : Math.min(newline, end));
    if (!/^(?:%|\s*(?:#|$))/.test(line)) return false;
    at += line.length + 1;
  }
  return true;
}
