import { joinTraced, siteOfTraced, type Traced, tracedUnknown, usedAt } from '../../core/traced';
import { type Cut, cutterOf, standIn } from '../makefile/cutter';

/** The value that a variable has at one point of a stage. */
export type LookUp = (name: string) => Traced | undefined;

const imageWhy = 'it may be set by the base image';

/** A value longer than this (in UTF-16 units) is not followed, and no more words than these. */
const longest = 2000;
const mostWords = 500;

/**
 * The words of an `ENV`, `ARG` or `WORKDIR` instruction, as its own rules read them: quotes and backslashes are taken
 * away, variables filled in outside single quotes. `isWhole`: all of the text is one word.
 */
export function wordsOf(text: Traced, lookUp: LookUp, isWhole = false): readonly Traced[] {
  const { raw } = text;
  const cut = cutterOf(text);
  const words: Traced[] = [];
  let parts: Traced[] = [];
  let isStarted = false;
  let quote = '';
  let from = 0;
  let length = 0;
  const push = (part: Traced): void => {
    length += part.raw.length;
    if (length <= longest) parts.push(part);
  };
  const keep = (end: number): void => {
    if (end > from) push(cut(from, end));
  };
  const close = (): void => {
    if (isStarted) words.push(joined(parts, length, () => cut(from, from)));
    parts = [];
    length = 0;
    isStarted = false;
  };
  for (let at = 0; at < raw.length && words.length < mostWords; ) {
    const unit = raw[at] ?? '';
    let next = at + 1;
    if (/\s/.test(unit) && quote === '' && !isWhole) {
      keep(at);
      close();
      from = next;
    } else if (unit === '\\' && quote !== "'" && next < raw.length) {
      keep(at);
      from = raw[next] === '\n' ? next + 1 : next;
      isStarted ||= raw[next] !== '\n';
      next += 1;
    } else if (unit === quote || (quote === '' && (unit === '"' || unit === "'"))) {
      keep(at);
      quote = unit === quote ? '' : unit;
      isStarted = true;
      from = next;
    } else if (unit === '$' && quote !== "'") {
      const found = variableAt(raw, at);
      if (found !== undefined) {
        keep(at);
        push(filledIn(found, cut(at, found.end), lookUp, cut));
        next = found.end;
        from = next;
      }
      isStarted = true;
    } else isStarted = true;
    at = next;
  }
  keep(raw.length);
  close();
  return words;
}

function joined(parts: readonly Traced[], length: number, here: () => Traced): Traced {
  if (parts.length === 0) return standIn('', here());
  const all = joinTraced(parts);
  return length <= longest ? all : tracedUnknown(all.raw, siteOfTraced(all), 'it is too long to be followed');
}

interface Variable {
  readonly name: string;
  /** `:-` and what stands after it. */
  readonly operator: string;
  readonly start: number;
  readonly end: number;
}

function variableAt(raw: string, at: number): Variable | undefined {
  const found = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+])([^}]*))?\})/.exec(raw.slice(at, at + 500));
  if (found === null) return undefined;
  const [all, plain, braced, operator = '', given = ''] = found;
  const end = at + all.length;
  return { name: plain ?? braced ?? '', operator, start: end - 1 - given.length, end };
}

function filledIn({ name, operator, start, end }: Variable, raw: Traced, lookUp: LookUp, cut: Cut): Traced {
  const value = lookUp(name);
  const site = siteOfTraced(raw);
  if (operator.endsWith('+')) return value === undefined ? standIn('', raw) : cut(start, end - 1);
  if (value === undefined && operator !== '') return cut(start, end - 1);
  if (value === undefined) return tracedUnknown(raw.raw, site, imageWhy);
  return usedAt(value, site);
}
