import type { Source } from '../../core/source';
import { mayHoldInstall } from '../interest';
import { readScripts } from '../shell/script';
import { insertTraced } from '../yaml/traced';
import { scriptsOf } from './steps';

/** Pipelines of Jenkins: each `sh` step is a shell of its own, but files stay from one to the next. */
export const jenkinsfile: Source = {
  id: 'jenkinsfile',
  languageIds: ['groovy', 'jenkinsfile'],
  fileNames: /^jenkinsfile(?:[.-].*)?$|\.(?:jenkinsfile|groovy)$/,
  mayHold,
  split: text => (mayHold(text) ? [{ start: 0, text }] : []),
  read: (chunk, uri, open) => readScripts(scriptsOf(chunk, uri), { uri, open, keepsVariables: false }),
  insert: insertTraced,
};

function mayHold(text: string): boolean {
  return mayHoldInstall(text) && /\bsh\b/.test(text);
}
