import assert from 'node:assert/strict';
import { commands as vscodeCommands } from 'vscode';
import { activate } from './example';
import type { Tests } from './index';

export const commands: Tests = {
  'the commands of the extension exist': async () => {
    await activate();
    const known = await vscodeCommands.getCommands(true);
    for (const command of ['meshfit.check', 'meshfit.showPlan', 'meshfit.forget'])
      assert(known.includes(command), command);
  },
};
