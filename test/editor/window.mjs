import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { installExtension, startHost } from '../../scripts/vscodeHost.mjs';
import { startBrowser } from './browser.mjs';
import { takeAll } from './steps.mjs';
import { copyExamples, machineSettings, repository, writeServerSettings } from './world.mjs';

/** Milliseconds that one thing may take to show in the editor, on a slow machine. */
export const deadline = 60_000;

/** Settings that leave the editor with the file and nothing else, so that pictures show what they are about. */
const tidySettings = {
  'breadcrumbs.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.fontSize': 16,
  'editor.hover.above': false,
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.scrollBeyondLastLine': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'window.commandCenter': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.statusBar.visible': false,
  'workbench.tips.enabled': false,
};

/**
 * Opens the examples in a fresh VS Code in which the packaged extension is installed, and takes the `steps`; gives
 * their results.
 */
export async function takeSteps(world, vsix, name, flags, steps) {
  const serverDataDir = join(world.folder, name, 'server');
  const folder = await copyExamples(world, name);
  await writeServerSettings(serverDataDir, { ...tidySettings, ...world.settings });
  await installExtension(vsix, { serverDataDir, env: world.environment });
  const host = await startHost({ serverDataDir, flags, env: world.environment });
  world.defer(host.close);
  const browser = await startBrowser();
  world.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1000, height: 500 }, deviceScaleFactor: 2 });
  await openEditor(page, host.pageFor(folder));
  const settings = machineSettings(serverDataDir);
  return takeAll(page, steps({ page, folder, registry: world.registry, settings, picture: picture(page) }));
}

/** A function that takes a picture of the page: for the documentation with `UPDATE=1`, else to be looked at. */
const picture = page => async name => {
  const folder = join(repository, process.env.UPDATE === '1' ? 'docs/images' : 'out/editor');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
};

/** Opens the page and waits until it shows the files of the folder. */
export async function openEditor(page, address) {
  await page.goto(address);
  await fileRow(page, '').waitFor({ timeout: 2 * deadline });
}

/** Opens a file by a double click on its name, and hides the list of files to leave the room to the editor. */
export async function openFile(page, name) {
  await fileRow(page, name).dblclick({ timeout: deadline });
  await page.locator(`.monaco-editor.focused[data-uri$="${name}"]`).waitFor({ timeout: deadline });
  await page.keyboard.press('Control+B');
  await fileRow(page, name).waitFor({ state: 'hidden', timeout: deadline });
}

/** Shows the list of files again. */
export async function showFiles(page) {
  await page.keyboard.press('Control+B');
  await fileRow(page, '').waitFor({ timeout: deadline });
}

const fileRow = (page, name) =>
  page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();

/** Squiggles lie under the text, so Playwright’s own hover and click would wait for the text to go away. */
export const pointAt = async (page, locator) => page.mouse.move(...(await centre(locator)));
export const clickAt = async (page, locator) => page.mouse.click(...(await centre(locator)));

/** VS Code draws a line of text anew whenever something about it changes: then there is no box for a moment. */
async function centre(locator) {
  for (const end = Date.now() + deadline; Date.now() < end; ) {
    const box = await locator.boundingBox();
    if (box !== null) return [box.x + box.width / 2, box.y + box.height / 2];
  }
  throw new Error(`${locator} is not on the page`);
}

/**
 * Follows a link in a text as people do: holds Ctrl, points at it, and clicks once it has changed its looks. (The text is
 * drawn anew then, so that a click of Playwright’s on what was there before would fail.)
 */
export async function followLink(page, text) {
  await page.locator('.detected-link', { hasText: text }).first().waitFor({ timeout: deadline });
  await page.keyboard.down('ControlOrMeta');
  await pointAt(page, page.locator('.detected-link', { hasText: text }).first());
  const active = page.locator('.detected-link-active', { hasText: text }).first();
  await active.waitFor({ timeout: deadline });
  await clickAt(page, active);
  await page.keyboard.up('ControlOrMeta');
}

/** Moves the mouse away from what it points at, and waits until its hover is gone. */
export async function leave(page, hover) {
  await page.mouse.move(0, 0);
  await page.keyboard.press('Escape');
  await hover.waitFor({ state: 'hidden', timeout: deadline });
}
