import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clickAt, deadline, followLink, leave, openFile, pointAt, showFiles } from './window.mjs';

/**
 * The packaged extension, used as a person would, with keyboard and mouse: sees the squiggle, reads the hover, applies
 * the quick fix. Each step starts where the one before ended. `picture(name)` is called when a step has come to what a
 * reader of the documentation should see.
 */
export function person({ page, folder, settings, picture }) {
  const file = 'istio-1.14.yaml';
  const script = 'install.sh';
  const squiggle = page.locator('.squiggly-error').first();
  const hub = page.locator('.view-line span span', { hasText: 'docker.io/istio' }).first();
  const hover = text => page.locator('.monaco-hover:visible', { hasText: text });
  const menu = page.locator('.action-widget');
  const otherHub = menu.getByText('ghcr.io/resf/istio').first();
  /**
   * Clicks at a text and asks for its quick fixes. VS Code asks for them on its own, too, a quarter of a second after a click,
   * and on a slow machine then drops what was asked by hand (codeActionModel.ts): people press the keys again.
   */
  const openMenu = async (at, item) => {
    await clickAt(page, at);
    for (const end = Date.now() + deadline; Date.now() < end; ) {
      await page.keyboard.press('Control+.');
      const isShown = await item.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (isShown) return;
      await page.keyboard.press('Escape');
    }
    throw new Error('no such quick fix is offered');
  };
  const newer = menu.getByText('Move to Istio 1.15.7').first();
  const tab = page.locator('.tab.active');
  const hint = page.locator('.squiggly-hint').first();
  const lightBulb = page.locator('.lightBulbWidget:visible, [class*="codicon-gutter-lightbulb"]').first();
  const allow = menu.getByText('Allow Meshfit to ask registry.example.com').first();
  const question = page.locator('.monaco-dialog-box');

  return {
    'an image without a build for the platform gets a squiggle': async () => {
      await openFile(page, file);
      await squiggle.waitFor({ timeout: deadline });
      await picture('squiggle');
    },

    'the hover of the squiggle says what is wrong': async () => {
      const message = hover('docker.io/istio/pilot:1.14.1');
      await pointAt(page, squiggle);
      await message.waitFor({ timeout: deadline });
      assert.match(await message.textContent(), /not for linux\/arm64/);
      await leave(page, message);
    },

    'the hover of the hub lists the images with their platforms': async () => {
      const images = hover('Istio 1.14.1 pulls');
      await pointAt(page, hub);
      await images.waitFor({ timeout: deadline });
      assert.match(await images.textContent(), /docker\.io\/istio\/pilot:1\.14\.1.*linux\/amd64/);
      await picture('hover');
      await leave(page, images);
    },

    'the quick-fix menu offers another hub': async () => {
      await openMenu(squiggle, otherHub);
      await picture('quick-fix');
    },

    'the fix ends the squiggle and changes nothing but the hub': async () => {
      const before = await readFile(join(folder, file), 'utf8');
      await otherHub.click();
      await squiggle.waitFor({ state: 'detached', timeout: deadline });
      await page.keyboard.press('Control+S');
      await tab.and(page.locator(':not(.dirty)')).waitFor({ timeout: deadline });
      await lightBulb.waitFor({ state: 'hidden', timeout: deadline });
      await picture('fixed');
      const after = await readFile(join(folder, file), 'utf8');
      assert.equal(after, before.replace('hub: docker.io/istio', 'hub: ghcr.io/resf/istio'));
    },

    'in a script the version that is downloaded gets the squiggle': async () => {
      await showFiles(page);
      await openFile(page, script);
      await squiggle.waitFor({ timeout: deadline });
      await picture('script-squiggle');
    },

    'the quick-fix menu of a script offers to raise the version': async () => {
      await openMenu(squiggle, newer);
      await picture('script-quick-fix');
    },

    'the fix changes the version where it is written': async () => {
      const before = await readFile(join(folder, script), 'utf8');
      await newer.click();
      await page.locator('.view-line', { hasText: 'ISTIO_VERSION=1.15.7' }).waitFor({ timeout: deadline });
      await page.keyboard.press('Control+S');
      await tab.and(page.locator(':not(.dirty)')).waitFor({ timeout: deadline });
      const after = await readFile(join(folder, script), 'utf8');
      assert.equal(after, before.replace('ISTIO_VERSION=1.14.1', 'ISTIO_VERSION=1.15.7'));
    },

    'in a heredoc the fix changes the variable that it uses': async () => {
      await page.keyboard.press('Control+End');
      await squiggle.waitFor({ timeout: deadline });
      await openMenu(squiggle, otherHub);
      await picture('script-heredoc');
      await otherHub.click();
      await squiggle.waitFor({ state: 'detached', timeout: deadline });
      await page.keyboard.press('Control+S');
      await tab.and(page.locator(':not(.dirty)')).waitFor({ timeout: deadline });
      assert.match(await readFile(join(folder, script), 'utf8'), /^HUB=ghcr\.io\/resf\/istio$/m);
    },

    'the file that a script names opens by a click': async () => {
      await followLink(page, file);
      await page.locator('.tab.active', { hasText: file }).waitFor({ timeout: deadline });
    },

    'a registry that only the file names is a hint, and the light bulb offers to ask it': async () => {
      await showFiles(page);
      await openFile(page, 'private-mirror.yaml');
      await hint.waitFor({ timeout: deadline });
      await clickAt(page, hint);
      await lightBulb.click({ timeout: deadline });
      await allow.waitFor({ timeout: deadline });
      await picture('allow-quick-fix');
    },

    'the question names the host, and Cancel changes nothing': async () => {
      await allow.click();
      await question.waitFor({ timeout: deadline });
      assert.match(await question.textContent(), /Allow Meshfit to ask registry\.example\.com\?/);
      await picture('allow-question');
      await question.getByText('Cancel', { exact: true }).click();
      await question.waitFor({ state: 'detached', timeout: deadline });
      assert.equal((await settings.current())['meshfit.registries.allowed'], undefined);
    },

    'Allow writes the host into the user’s settings, and the registry is asked': async () => {
      await openMenu(hint, allow);
      await allow.click();
      const allowed = settings.changed(now => now['meshfit.registries.allowed'] !== undefined, deadline);
      await question.getByText('Allow', { exact: true }).click({ timeout: deadline });
      assert.deepEqual((await allowed)['meshfit.registries.allowed'], ['registry.example.com']);
      // There is nothing left to allow.
      await lightBulb.waitFor({ state: 'hidden', timeout: deadline });
      await pointAt(page, hint);
      const message = hover('registry.example.com');
      await message.waitFor({ timeout: deadline });
      assert.doesNotMatch(await message.textContent(), /allow it/);
    },
  };
}
