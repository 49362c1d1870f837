import assert from 'node:assert/strict';
import { deadline, leave, openFile, pointAt } from './window.mjs';

/**
 * The packaged extension in a folder that the person does not trust, and then does. Each step starts where the one
 * before ended.
 */
export function restricted({ page, registry }) {
  const file = 'istio-1.14.yaml';
  const banner = page.getByText('Restricted Mode is intended for');
  const warning = page.locator('.squiggly-warning').first();
  const error = page.locator('.squiggly-error').first();
  const hub = page.locator('.view-line span span', { hasText: 'docker.io/istio' }).first();
  const hover = page.locator('.monaco-hover:visible', { hasText: 'Istio 1.14.1 pulls' });
  const hoverText = async () => {
    await pointAt(page, hub);
    await hover.waitFor({ timeout: deadline });
    const text = await hover.textContent();
    await leave(page, hover);
    return text;
  };

  return {
    'in Restricted Mode the release facts answer, and no registry is asked': async () => {
      await banner.waitFor({ timeout: deadline });
      await openFile(page, file);
      await warning.waitFor({ timeout: deadline });
      assert.match(await hoverText(), /release facts/);
      assert.deepEqual(registry.requests(), []);
    },

    'once the folder is trusted the registry answers': async () => {
      await page.getByText('Manage', { exact: true }).click({ timeout: deadline });
      await page
        .locator('.workspace-trust-editor')
        .getByRole('button', { name: 'Trust' })
        .first()
        .click({ timeout: deadline });
      await banner.waitFor({ state: 'hidden', timeout: deadline });
      await page.getByRole('button', { name: 'Close Modal Editor' }).click({ timeout: deadline });
      await error.waitFor({ timeout: deadline });
      assert.doesNotMatch(await hoverText(), /release facts/);
      assert.notDeepEqual(registry.requests(), []);
    },
  };
}
