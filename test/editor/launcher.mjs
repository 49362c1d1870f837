#!/usr/bin/env node
// Stands in for the executable of a desktop VS Code: `runTests` of @vscode/test-electron starts it with the same
// arguments, and its exit code is the verdict of the tests. It runs them in a VS Code server with Chromium before it.
import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startHost } from '../../scripts/vscodeHost.mjs';
import { startBrowser } from './browser.mjs';
import { writeServerSettings } from './world.mjs';

const deadline = 300_000;

const text = { type: 'string' };
const { values: options, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: text, extensionTestsPath: text, 'user-data-dir': text },
});
endWithRunner();
process.exit(await runSuite(resolve(positionals[0]), options));

/** Resolves with the exit code of the suite, or with 1 and a line that says why there is none. */
async function runSuite(
  workspace,
  { extensionDevelopmentPath, extensionTestsPath, 'user-data-dir': userDataDir },
) {
  const serverDataDir = join(userDataDir, 'server');
  const settings = await readFile(join(userDataDir, 'User/settings.json'), 'utf8');
  await writeServerSettings(serverDataDir, JSON.parse(settings));
  const host = await startHost({ serverDataDir, flags: ['--disable-workspace-trust'] });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    return await verdict(page, host.pageFor(workspace, { extensionDevelopmentPath, extensionTestsPath }));
  } catch (error) {
    console.log(`not ok the suite in VS Code’s server: ${error.message}`);
    return 1;
  } finally {
    await browser.close();
    await host.close();
  }
}

/** Prints what the tests print (all that was said where they print nothing), and resolves with the exit code that VS Code tells the page. */
async function verdict(page, url) {
  const events = new EventEmitter();
  const said = [];
  let told = false;
  await page.exposeFunction('codeAutomationLog', (_type, args) => {
    const line = args.join(' ');
    if (/^(not )?ok /.test(line)) {
      told = true;
      console.log(line);
    } else said.push(line);
  });
  await page.exposeFunction('codeAutomationExit', code => events.emit('exit', code));
  page.on('crash', () => events.emit('error', new Error('the page crashed')));
  const late = () => events.emit('error', new Error(`no verdict within ${deadline / 1000} s`));
  const timer = setTimeout(late, deadline);
  const [[code]] = await Promise.all([once(events, 'exit'), page.goto(url)]);
  clearTimeout(timer);
  if (!told && code !== 0) console.log(said.slice(-30).join('\n'));
  return code;
}

/** Without its runner nobody waits for the verdict: ends this process, and with it the server and Chromium. */
function endWithRunner() {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  process.stdin.once('end', () => process.exit(1)).resume();
}
