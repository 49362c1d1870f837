import type { Gap, InstallPlan } from '../../core/install';
import type { Open } from '../../core/mesh';
import type { Node } from '../../core/tree';
import { unreadableFile } from './fileGap';
import type { Piece } from './piece';

export interface ReadValues {
  readonly values?: Node;
  readonly gaps: readonly Gap[];
  readonly files: InstallPlan['files'];
}

/** The values of a file that `-f` names; addresses are not fetched. */
export function readValuesFile(
  { text, site }: Piece,
  directories: readonly string[],
  open: Open,
): ReadValues {
  const gap = (why: string): Gap => ({ what: 'file', why, site });
  if (text.kind === 'dynamic')
    return { gaps: [gap(`the file ${text.raw} is not known: ${text.why}`)], files: [] };
  const name = text.value.trim();
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(name))
    return { gaps: [gap(`Meshfit does not fetch ${name}; save it as a file and name that`)], files: [] };
  const isInput = name === '-' || name === '/dev/stdin';
  const file = open(isInput ? '-' : name, directories, 'values');
  const files = file.uri === undefined || isInput ? [] : [{ site, uri: file.uri }];
  const [values] = (file.fragments ?? []).filter(fragment => fragment.kind === 'manifest');
  if (values === undefined) {
    const why = isInput
      ? `the values come from standard input, which is not known here${file.why === undefined ? '' : `: ${file.why}`}`
      : unreadableFile(name, directories, file.why);
    return { gaps: [gap(why)], files };
  }
  const { unread, root } = values;
  const called = isInput ? 'standard input' : name;
  if (unread !== undefined) return { gaps: [gap(`${called} can't be read: ${unread}`)], files };
  return { values: root, gaps: [], files };
}
