import { rawSettings } from '../core/settingNames';
import { readSettings, type SettingProblem, type Settings } from '../core/settings';

/** The editor's defaults; package.json declares the same ones. */
export const defaults: Settings = {
  platforms: [{ os: 'linux', architecture: 'arm64' }],
  hubs: [],
  mirrors: {},
  allowedHosts: [],
  offline: false,
};

/**
 * Reads the editor's section `meshfit`. In a workspace that the user does not trust there is no network at all, whatever
 * the settings say.
 */
export function settingsFrom(
  section: unknown,
  trusted: boolean,
): { readonly settings: Settings; readonly problems: readonly SettingProblem[] } {
  const { settings, problems } = readSettings(rawSettings(section), defaults);
  return { settings: { ...settings, offline: settings.offline || !trusted }, problems };
}
