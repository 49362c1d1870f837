import { mayApplyOperator, mayTellVersion, namesHelm } from '../interest';
import type { Code } from './code';
import { printsSomethingKnown } from './outputs';
import type { Command } from './parse';
import { lookUp } from './scope';
import type { State } from './state';
import { mayRunOthers } from './wrappers';

/**
 * Whether nothing about a command can matter: it is none of the shell's own, runs nothing else, prints nothing that is
 * known and that somebody reads, and neither its text nor a variable in it mentions the mesh. Most commands of a script are like that, and their words need
 * not be put together.
 */
export function isInert(
  { name, prefix, pos, end }: Command,
  { text }: Code,
  state: State,
  isRead: boolean,
): boolean {
  if (name === undefined || name.parts !== undefined || prefix.length > 0) return false;
  if (lookUp(state.functions, name.text) !== undefined || mayRunOthers(name.text)) return false;
  if (namesHelm(name.text)) return false;
  if (name.text === 'tee' || (isRead && printsSomethingKnown(name.text))) return false;
  const source = text.raw.slice(pos, end);
  if (name.text === 'printf' && source.includes(' -v ')) return false;
  if (mayApplyOperator(source)) return false;
  if (mayTellVersion(source) || /\$\(|`|<\(|:=|\$[@*\d]|\$\{[@*\d]/.test(source)) return false;
  for (const told of state.telling) if (source.includes(told)) return false;
  return true;
}
