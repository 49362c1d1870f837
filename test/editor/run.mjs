// The tests in a real VS Code: the extension's own suite in the extension host, then the packaged extension used as a
// person would. With `MESHFIT_VSCODE=desktop` the suite runs in a desktop VS Code that @vscode/test-electron downloads,
// else in VS Code's server with Chromium. With `UPDATE=1` the pictures of the documentation are taken anew.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureHost, hostIsInstalled } from '../../scripts/vscodeHost.mjs';
import { missingBuildTools } from '../../scripts/vscodeInstall.mjs';
import { findChromium } from './browser.mjs';
import { runEditorScript } from './editorScript.mjs';
import { person } from './person.mjs';
import { restricted } from './restricted.mjs';
import { runSuite } from './suite.mjs';
import { takeSteps } from './window.mjs';
import { makeWorld, repository } from './world.mjs';

const desktop = process.env.MESHFIT_VSCODE === 'desktop';
const missing = [
  ...(findChromium() === undefined ? ['chromium'] : []),
  ...(hostIsInstalled() ? [] : missingBuildTools()),
];

const parts = {
  'the suite in the extension host': {
    needs: desktop ? [] : missing,
    run: world => runSuite(world, { desktop }),
  },
  'the packaged extension, used by a person': {
    needs: missing,
    run: (world, vsix) => takeSteps(world, vsix, 'person', ['--disable-workspace-trust'], person),
  },
  'the packaged extension in Restricted Mode': {
    needs: missing,
    run: (world, vsix) => takeSteps(world, vsix, 'restricted', [], restricted),
  },
  '`npm run editor`': { needs: missing, run: runEditorScript },
};

const stop = new AbortController();
let world;
// @vscode/test-electron ends its VS Code after SIGINT only.
process.on('SIGTERM', () => process.emit('SIGINT'));
process.on('SIGINT', () => {
  stop.abort(new Error('stopped'));
  if (world === undefined) process.exit(130);
  world.close();
});

const results = await runAll();
const failed = results.filter(({ why }) => why !== undefined).length;
const skipped = results.filter(result => result.skipped).length;
console.log(`\n${results.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped`);
process.exit(stop.signal.aborted ? 130 : failed > 0 ? 1 : 0);

/** The results of all parts: each `{name}` for a test that passed, `{name, why}` for one that failed. */
async function runAll() {
  const results = [];
  try {
    const vsix = await packageExtension();
    if (missing.length === 0) await ensureHost();
    for (const [title, { needs, run }] of Object.entries(parts)) {
      stop.signal.throwIfAborted();
      console.log(`\n# ${title}`);
      if (needs.length > 0) results.push(skip(title, needs));
      else results.push(...(await runIn(title, world => run(world, vsix))));
    }
  } catch (error) {
    console.log(`not ok ${error.message}`);
    results.push({ name: 'preparing the tests', why: error.message });
  }
  return results;
}

/** Where CI is true, a part that can’t run has failed. */
function skip(name, needs) {
  const why = `skipped: install ${needs.join(', ')}`;
  console.log(why);
  return process.env.CI === 'true' ? { name, why } : { name, skipped: true };
}

async function runIn(name, run) {
  const started = Date.now();
  world = await makeWorld(stop.signal);
  try {
    return await run(world);
  } catch (error) {
    console.log(`not ok ${name}: ${error.stack}`);
    return [{ name, why: error.message }];
  } finally {
    await world.close();
    console.log(`(${Math.round((Date.now() - started) / 1000)} s)`);
  }
}

/** The path of the extension as users get it, built and packed from what is in the checkout now. */
async function packageExtension() {
  const run = promisify(execFile);
  await run(process.execPath, ['scripts/package.mjs'], { cwd: repository }).catch(error => {
    console.log(error.stdout, error.stderr);
    throw new Error('The extension could not be packaged.');
  });
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  return join(repository, `meshfit-${version}.vsix`);
}
