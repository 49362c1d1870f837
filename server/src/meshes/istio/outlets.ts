import type { Command, Word } from '../../core/fragment';
import { textOf } from '../../core/text';

/** Whether manifests that are piped into these commands reach no cluster: they are deleted, compared or only tried. */
export const isTakenAway = (into: Command['into']): boolean =>
  into.some(words => isKubectl(words) && words.some(({ text }) => harmless.test(textOf(text))));

/** `kubectl`, `oc`, `k3s kubectl`, `$KUBECTL`. */
const isKubectl = ([first, second]: readonly Word[]): boolean =>
  [first, second].some(word => word !== undefined && kubectl.test(textOf(word.text)));

const kubectl = /(?:^|[/\\])(?:kubectl|oc|k)(?:\.exe)?$|^\$\W?\w*kubectl/i;

// kubernetes pkg/kubectl `apply --dry-run[=client|server]`.
const harmless = /^(?:delete|diff|--dry-run(?:=(?:client|server|true))?)$/;
