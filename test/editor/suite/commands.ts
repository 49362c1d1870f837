import assert from 'node:assert/strict';
import { DiagnosticSeverity, commands as vscodeCommands, window } from 'vscode';
import { finding, open } from './example';
import type { Tests } from './index';
import { until } from './wait';

const { executeCommand } = vscodeCommands;

export const commands: Tests = {
  'Show Install Plan shows the images beside the file': async () => {
    await open('istio-1.14.yaml');
    await executeCommand('meshfit.showPlan');
    const plan = await until('install plan', window.onDidChangeVisibleTextEditors, () =>
      window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'meshfit-plan'),
    );
    assert.match(plan.document.getText(), /docker\.io\/istio\/pilot:1\.14\.1/);
    await executeCommand('workbench.action.closeActiveEditor');
  },

  'Forget Registry Answers asks again and comes to the same finding': async () => {
    const document = await open('istio-1.14.yaml');
    await finding(document, 'platform-unsupported', DiagnosticSeverity.Error);
    await executeCommand('meshfit.forget');
    await finding(document, 'platform-unsupported', DiagnosticSeverity.Error);
  },

  'Check This File works for a file with an install and for one without': async () => {
    for (const name of ['istio-1.14.yaml', 'plain.yaml']) {
      await open(name);
      await executeCommand('meshfit.check');
    }
  },
};
