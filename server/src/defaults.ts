import type { Settings } from './core/settings';

/** What both shells take where the user says nothing; package.json declares the same. */
export const defaults: Settings = {
  platforms: [{ os: 'linux', architecture: 'arm64' }],
  hubs: [],
  mirrors: {},
  allowedHosts: [],
  mirrorFallback: true,
  mirrorFiles: [],
  network: 'on',
  networkVia: 'editor',
};
