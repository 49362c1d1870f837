import type { DocumentPlan } from '../core/document';
import { formatImage, parseImage } from '../core/image';
import { textOf } from '../core/text';

/** One state of a document: its text, the images that its installs pull, and which of them somebody is typing. */
export interface Draft {
  readonly text: string;
  /** Their names as far as they are known. */
  readonly names: ReadonlySet<string>;
  /**
   * The names that somebody is in the middle of typing: they came with an edit of a few letters. Nobody wants to know about
   * `1.2` who is about to write `1.24.1`, and no registry needs to. What was pasted is complete, and so is what has an edit on
   * another line after it.
   */
  readonly typed: ReadonlySet<string>;
  /** Where the text was changed last, as an offset in UTF-16 units. */
  readonly at: number;
}

/** The state of a document after an edit of `before`, or the first one. */
export function draftOf(text: string, { installs }: DocumentPlan, before?: Draft): Draft {
  const names = new Set(
    installs.flatMap(({ plan }) => plan.images.map(({ reference }) => textOf(reference))),
  );
  const complete = { text, names, typed: nothing, at: 0 };
  if (before === undefined) return complete;
  const fresh = [...names].filter(name => !before.names.has(name));
  if (fresh.length === 0 && before.typed.size === 0) return complete;
  if (text === before.text) return { ...before, names, typed: new Set([...before.typed, ...fresh]) };
  const { start, inserted } = editBetween(before.text, text);
  if (inserted > fewLetters) return complete;
  // `1.` is the number 1 in YAML, and so the same tag as `1`: what was being typed still is.
  const onSameLine = !text.slice(Math.min(start, before.at), Math.max(start, before.at)).includes('\n');
  const still = onSameLine ? [...before.typed].filter(name => names.has(name)) : [];
  return { text, names, typed: new Set([...fresh, ...still]), at: start };
}

/**
 * While somebody is typing, the images that may be asked for, by the names that `formatImage` gives; else `undefined`, for
 * all. What rules and fixes make of a name that is half there has to wait, too.
 */
export function completeImages({ names, typed }: Draft): ReadonlySet<string> | undefined {
  if (typed.size === 0) return undefined;
  const complete = [...names].filter(name => !typed.has(name)).map(parseImage);
  return new Set(complete.flatMap(parsed => (parsed.kind === 'image' ? [formatImage(parsed.image)] : [])));
}

const nothing: ReadonlySet<string> = new Set();

/** Quick typists' letters come together; a tag that is pasted or completed is longer. */
const fewLetters = 3;

/** What is between the parts that two texts have in common at both ends: where it is, and how long it is in the second. */
function editBetween(before: string, after: string): { readonly start: number; readonly inserted: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { start, inserted: after.length - start - end };
}
