import type { Command, Word } from '../../core/fragment';
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
export const earlierSteps = ({ before }: Command): readonly Step[] =>
  before.filter(words => words.some(mentionsIstio)).flatMap(words => stepOf(words) ?? []);

const mentionsIstio = ({ text }: Word): boolean => /istio|^TARGET_ARCH=/i.test(textOf(text));

function stepOf(all: readonly Word[]): Step | undefined {
  const start = all.findIndex(({ text }) => !assignment.test(textOf(text)));
  const [first] = all.slice(start);
  if (start < 0 || first === undefined) return undefined;
  const path = textOf(first.text);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return idle.test(name) ? undefined : { name, words: all.slice(start), settings: all.slice(0, start) };
}

const assignment = /^[A-Za-z_]\w*=/;
