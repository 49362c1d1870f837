import assert from 'node:assert/strict';
import { commands as vscodeCommands, window } from 'vscode';
import { finding, open } from './example';
import type { Tests } from './index';
import { withMirror } from './mirror';
import { until } from './wait';

const { executeCommand } = vscodeCommands;

export const commands: Tests = {
  'Show Install Plan shows the images beside the file': async () => {
    await open('istio-1.14.yaml');
    await executeCommand('meshfit.showPlan');
    const plan = await until('install plan', window.onDidChangeVisibleTextEditors, () =>
      window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'meshfit'),
    );
    assert.match(plan.document.getText(), /docker\.io\/istio\/pilot:1\.14\.1/);
    await executeCommand('workbench.action.closeActiveEditor');
  },

  'Forget Registry Answers asks the registry again': () =>
    withMirror(async askedAgain => {
      const document = await open('istio-1.14.yaml');
      await finding(document, 'image-not-found');
      const again = askedAgain();
      await executeCommand('meshfit.forget');
      await again;
    }),

  'Check This File works for a file with an install and for one without': async () => {
    for (const name of ['istio-1.14.yaml', 'plain.yaml']) {
      await open(name);
      await executeCommand('meshfit.check');
    }
  },
};
