import type { Source } from '../../core/source';
import { mayHoldInstall } from '../interest';
import { readScripts } from '../shell/script';
import { insertTraced } from '../yaml/traced';
import { stagesOf } from './stages';

/** Dockerfiles: every `RUN` is a shell of its own, but files stay from one to the next. */
export const dockerfile: Source = {
  id: 'dockerfile',
  languageIds: ['dockerfile'],
  fileNames: /^(?:dockerfile|containerfile)(?:[.-].*)?$|\.(?:dockerfile|containerfile)$/,
  mayHold: mayHoldInstall,
  split: text => (mayHoldInstall(text) ? [{ start: 0, text }] : []),
  read: (chunk, uri, open) =>
    stagesOf(chunk, uri).flatMap(scripts => readScripts(scripts, { uri, open, keepsVariables: false })),
  insert: insertTraced,
};
