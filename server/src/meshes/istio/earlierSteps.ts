import type { Surroundings, Word } from '../../core/fragment';
import { textOf } from '../../core/text';

/** A command that ran before: its name without a path, all of its words but the variables set for it alone, and those. */
export interface Step {
  readonly name: string;
  readonly words: readonly Word[];
  readonly settings: readonly Word[];
}

/** Commands that only speak of files and versions, or take them away. */
const idle = /^(echo|printf|rm|rmdir|test|\[|\[\[|grep|egrep|:|ls|log|info|warn|error|die|helm|kubectl|oc)$/;

/** The commands before this one that may have to do with Istio, in their order. */
export const earlierSteps = ({ before }: Surroundings): readonly Step[] =>
  before.filter(words => words.some(mentionsIstio)).flatMap(words => stepOf(words) ?? []);

const mentionsIstio = ({ text }: Word): boolean => /istio|^TARGET_ARCH=/i.test(textOf(text));

function stepOf(all: readonly Word[]): Step | undefined {
  const raws = all.map(({ text }) => textOf(text));
  let isBelow = false;
  let start = 0;
  for (; start < raws.length; start += 1) {
    const raw = raws[start] ?? '';
    if (starter.test(raw)) isBelow = true;
    else if (isBelow && flagWithValue.test(raw)) start += 1;
    else if (!assignment.test(raw) && !(isBelow && raw.startsWith('-'))) break;
  }
  const path = raws[start];
  if (path === undefined) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const settings = all.slice(0, start).filter(({ text }) => assignment.test(textOf(text)));
  return idle.test(name) ? undefined : { name, words: all.slice(start), settings };
}

const assignment = /^[A-Za-z_]\w*=/;

/** Commands that start the one after them, with variables that may be set for it: `sudo ISTIO_VERSION=1.14.1 sh -`. */
const starter = /^(?:.*\/)?(?:sudo|doas|env|time|nohup|exec|command)$/;

const flagWithValue = /^-[ugCph]$|^--(?:user|group|chdir|unset)$/;
