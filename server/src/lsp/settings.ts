import { rawSettings } from '../core/settingNames';
import { readSettings, type SettingProblem, type Settings } from '../core/settings';
import { defaults } from '../defaults';
import { proxySettingsFrom } from './proxySettings';

/**
 * Reads the editor's sections `meshfit` and `http`. In a workspace that the user does not trust there is no network at all, whatever
 * the settings say.
 */
export function settingsFrom(
  section: unknown,
  http: unknown,
  trusted: boolean,
): { readonly settings: Settings; readonly problems: readonly SettingProblem[] } {
  const { settings, problems } = readSettings(rawSettings(section), defaults);
  const proxy = proxySettingsFrom(http);
  const network = trusted ? settings.network : 'untrusted';
  return { settings: { ...settings, network, ...(proxy && { proxy }) }, problems };
}
