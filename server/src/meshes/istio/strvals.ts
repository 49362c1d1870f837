import { wordOf } from '../../core/fragment';
import { type Site, textOf } from '../../core/text';
import { joinTraced, sliceTraced, type Traced } from '../../core/traced';
import { type Entry, entryOf, type Node, type Scalar } from '../../core/tree';
import type { Piece } from './piece';

/** One step of a path: a key of a map or an index of a list. */
type Step = string | number;

/** One `path=value` of Helm's `--set`. */
export interface Assigned {
  readonly path: readonly Step[];
  readonly pathSite: Site;
  readonly value: Node;
}

/** `set`: values have types; `set-string`: they are strings; `set-literal`: one string, in which nothing is special. */
export type StrvalsFlag = 'set' | 'set-string' | 'set-literal';

// helm pkg/strvals/parser.go MaxNestedNameLevel, MaxIndex.
const deepest = 30;
const highestIndex = 65_536;

/**
 * Reads `a.b=x,c={y,z},d[0].e=1` as Helm does (helm 3 pkg/strvals/parser.go, literal_parser.go): commas part assignments,
 * braces hold lists, and a backslash takes away the meaning of what follows. `undefined` where Helm reports an error.
 * Nothing in an unknown part, such as `$HUB`, is taken for syntax.
 */
export function parseStrvals(piece: Piece, flag: StrvalsFlag): readonly Assigned[] | undefined {
  const reader = readerOf(piece.traced);
  const assigned: Assigned[] = [];
  while (!reader.isDone()) {
    const one = readAssignment(reader, flag);
    if (one === undefined) return undefined;
    assigned.push(one);
  }
  return assigned;
}

/** Reads a text from left to right. */
interface Reader {
  readonly isDone: () => boolean;
  /** The next character if it means something, else an empty text; a text that nobody knows means nothing. */
  readonly peek: () => string;
  readonly skip: () => void;
  /** All up to one of these characters, without the backslashes. */
  readonly until: (stops: string) => Piece;
  readonly rest: () => Piece;
}

function readerOf(traced: Traced): Reader {
  const { raw, stretches } = traced;
  const isKnown: boolean[] = stretches.flatMap(({ length, why }) =>
    Array.from({ length }, () => why === undefined),
  );
  let at = 0;
  const peek = (): string => (isKnown[at] === true ? raw.charAt(at) : '');
  return {
    isDone: () => at >= raw.length,
    peek,
    skip() {
      at += 1;
    },
    until(stops) {
      const parts: Traced[] = [];
      let start = at;
      while (at < raw.length && (peek() === '' || !stops.includes(peek()))) {
        if (peek() === '\\') {
          if (at > start) parts.push(sliceTraced(traced, start, at));
          start = at + 1;
          at += 1;
        }
        at += 1;
      }
      at = Math.min(at, raw.length);
      if (at > start || parts.length === 0) parts.push(sliceTraced(traced, Math.min(start, at), at));
      return wordOf(joinTraced(parts));
    },
    rest() {
      const piece = wordOf(sliceTraced(traced, at));
      at = raw.length;
      return piece;
    },
  };
}

function readAssignment(reader: Reader, flag: StrvalsFlag): Assigned | undefined {
  const path: Step[] = [];
  let first: Site | undefined;
  for (;;) {
    const key = reader.until(flag === 'set-literal' ? '=.[' : '=[,.');
    if (key.text.kind === 'dynamic') return undefined;
    first ??= key.site;
    // Only an index may stand in front of what is empty: a[0].b, a[0]=x.
    if (key.text.value !== '') path.push(key.text.value);
    else if (typeof path.at(-1) !== 'number') return undefined;
    while (reader.peek() === '[') {
      reader.skip();
      const index = textOf(reader.until(']').text);
      if (reader.peek() !== ']' || !/^\d+$/.test(index) || Number(index) > highestIndex) return undefined;
      if (path.length > deepest) return undefined;
      reader.skip();
      path.push(Number(index));
    }
    const next = reader.peek();
    reader.skip();
    if (next === '=') break;
    if (next !== '.' || path.length > deepest) return undefined;
  }
  const value = readValue(reader, flag);
  return value && { path, pathSite: first, value };
}

function readValue(reader: Reader, flag: StrvalsFlag): Node | undefined {
  if (flag === 'set-literal') return scalarOf(reader.rest(), flag);
  if (reader.peek() === '{') return readList(reader, flag);
  const value = reader.until(',');
  reader.skip();
  return scalarOf(value, flag);
}

function readList(reader: Reader, flag: StrvalsFlag): Node | undefined {
  reader.skip();
  const items: Scalar[] = [];
  let start: Site | undefined;
  for (;;) {
    const item = reader.until(',}');
    start ??= item.site;
    const end = reader.peek();
    if (end === '') return undefined;
    reader.skip();
    if (end === ',' || items.length > 0 || textOf(item.text) !== '') items.push(scalarOf(item, flag));
    if (end === '}') break;
  }
  if (reader.peek() === ',') reader.skip();
  else if (!reader.isDone()) return undefined;
  return { kind: 'list', items, site: start };
}

/** helm pkg/strvals/parser.go typedVal: no fractions, so that `1.10` stays as it is. */
function scalarOf({ text, site }: Piece, flag: StrvalsFlag): Scalar {
  const scalar = (type: Scalar['type']): Scalar => ({ kind: 'scalar', text, type, site });
  if (text.kind === 'dynamic' || flag !== 'set') return scalar('string');
  if (/^(?:true|false)$/i.test(text.value)) return scalar('boolean');
  if (/^null$/i.test(text.value)) return scalar('null');
  return scalar(/^(?:0|[+-]?[1-9]\d*|[+-]0\d*)$/.test(text.value) ? 'number' : 'string');
}

/** Where an index leaves out more items than these, the list is kept short: no image is named in one that long. */
const mostFilled = 100;

/** The values after one assignment: maps and lists on the way are made where there are none. */
export function assignValue(values: Node | undefined, { path, pathSite, value }: Assigned): Node {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const below = { path: rest, pathSite, value };
  if (typeof step === 'number') {
    const items = values?.kind === 'list' ? [...values.items] : [];
    const missing: Scalar = {
      kind: 'scalar',
      text: { kind: 'literal', value: '' },
      type: 'null',
      site: pathSite,
    };
    while (items.length < Math.min(step, mostFilled)) items.push(missing);
    const at = Math.min(step, items.length);
    items[at] = assignValue(items[at], below);
    return { kind: 'list', items, site: pathSite };
  }
  const entry: Entry = {
    key: step,
    keySite: pathSite,
    value: assignValue(entryOf(values, step)?.value, below),
  };
  const others = values?.kind === 'map' ? values.entries.filter(({ key }) => key !== step) : [];
  return { kind: 'map', entries: [...others, entry], site: values?.site ?? pathSite };
}
