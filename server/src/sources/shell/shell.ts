import type { Source } from '../../core/source';
import { tracedFile } from '../../core/traced';
import { mayHoldInstall } from '../interest';
import { insertTraced } from '../yaml/traced';
import { readScripts } from './script';

/** Scripts of bash and of the POSIX shell; what zsh has in common with them is read as well. */
export const shell: Source = {
  id: 'shell',
  languageIds: ['shellscript', 'sh', 'bash', 'zsh'],
  fileNames: /\.(?:sh|bash|zsh|bats|command)$/,
  firstLine: /^#!.*\b(?:ba|da|a|k|z)?sh\b/,
  mayHold: mayHoldInstall,
  split: text => (mayHoldInstall(text) ? [{ start: 0, text }] : []),
  read: (text, uri, open) =>
    readScripts([{ text: tracedFile(text, uri), variables: new Map() }], { uri, open, keepsVariables: true }),
  insert: insertTraced,
};
