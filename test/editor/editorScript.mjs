import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startBrowser } from './browser.mjs';
import { takeAll } from './steps.mjs';
import { deadline, openEditor } from './window.mjs';
import { repository } from './world.mjs';

/** What a person meets who runs `npm run editor` without a desktop VS Code. Gives the results of the steps. */
export async function runEditorScript(world) {
  const temporary = join(world.folder, 'script');
  await mkdir(temporary);
  const script = spawn(process.execPath, ['scripts/editor.mjs'], {
    cwd: repository,
    env: { ...process.env, ...world.environment, MESHFIT_VSCODE: 'browser', TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(script, 'close');
  world.defer(() => {
    script.kill();
    return closed;
  });
  const browser = await startBrowser();
  world.defer(() => browser.close());
  const page = await browser.newPage();
  return takeAll(page, steps({ page, script, closed, temporary }));
}

const steps = ({ page, script, closed, temporary }) => ({
  '`npm run editor` prints an address, where the example is open and has its squiggle': async () => {
    await openEditor(page, await printedAddress(script));
    await page.locator('.tab.active', { hasText: 'istio-1.14.yaml' }).waitFor({ timeout: deadline });
    await page.locator('.squiggly-error').first().waitFor({ timeout: deadline });
  },

  'Ctrl+C ends it, and it leaves nothing behind': async () => {
    script.kill('SIGINT');
    const [code] = await closed;
    assert.equal(code, 0);
    const left = await readdir(temporary);
    assert.deepEqual(
      left.filter(name => name.startsWith('meshfit-')),
      [],
    );
  },
});

/** The first address that the script prints; rejects when it ends, or takes too long, without one. */
async function printedAddress(script) {
  const timer = setTimeout(() => script.kill(), deadline);
  try {
    for await (const line of createInterface({ input: script.stdout })) {
      const address = /http:\/\/127\.0\.0\.1:\S+/.exec(line)?.[0];
      if (address !== undefined) return address;
    }
    throw new Error('scripts/editor.mjs printed no address');
  } finally {
    clearTimeout(timer);
  }
}
