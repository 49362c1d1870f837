import { chromium } from 'playwright-core';
import { onPath } from '../../scripts/vscodeInstall.mjs';

/** The Chromium or Chrome to use: `MESHFIT_CHROMIUM`, else the one on the PATH; `undefined` where there is none. */
export const findChromium = () =>
  process.env.MESHFIT_CHROMIUM ||
  ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find(path => path !== undefined);

/**
 * Starts a headless Chromium that talks to nobody on its own. It has no sandbox: it only visits the local server. Whoever
 * starts it closes it, also after a signal.
 */
export const startBrowser = () =>
  chromium.launch({
    executablePath: findChromium(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
