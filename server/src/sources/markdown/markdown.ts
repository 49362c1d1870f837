import type { Fragment } from '../../core/fragment';
import type { Source } from '../../core/source';
import { mayHoldInstall } from '../interest';
import { readScripts } from '../shell/script';
import { insertTraced } from '../yaml/traced';
import { shownIn } from './document';

/** Markdown: a reader types the commands of all code blocks one after the other, in one terminal. */
export const markdown: Source = {
  id: 'markdown',
  languageIds: ['markdown', 'mdx'],
  fileNames: /\.(?:md|markdown|mdx)$/,
  mayHold,
  split: text => (mayHold(text) ? [{ start: 0, text }] : []),
  read(chunk, uri, open): readonly Fragment[] {
    const { scripts, manifests } = shownIn(chunk, uri);
    return [...manifests, ...readScripts(scripts, { uri, open, keepsVariables: true })];
  },
  insert: insertTraced,
};

/** Nothing is read but what stands in a block. */
function mayHold(text: string): boolean {
  if (!mayHoldInstall(text)) return false;
  return ['```', '~~~', '{{<', '{{%', '{%', '    ', '\t'].some(mark => text.includes(mark));
}
