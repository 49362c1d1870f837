import type { Source } from '../../core/source';
import { mayHoldInstall } from '../interest';
import { readScripts } from '../shell/script';
import { insertTraced } from '../yaml/traced';
import { sessionsOf } from './sessions';

/** Makefiles: each line of a recipe is a shell of its own, but files stay for the lines and rules after it. */
export const makefile: Source = {
  id: 'makefile',
  languageIds: ['makefile', 'make'],
  fileNames: /^(?:gnu)?makefile(?:[.-].*)?$|\.(?:mk|mak|make)$/,
  mayHold: mayHoldInstall,
  split: text => (mayHoldInstall(text) ? [{ start: 0, text }] : []),
  read: (chunk, uri, open) =>
    sessionsOf(chunk, uri, open).flatMap(scripts =>
      readScripts(scripts, { uri, open, keepsVariables: false }),
    ),
  insert: insertTraced,
};
