import { rawSettings } from '../core/settingNames';
import { readSettings, type SettingProblem, type Settings } from '../core/settings';
import { defaults } from '../defaults';

/**
 * Reads the editor's section `meshfit`. In a workspace that the user does not trust there is no network at all, whatever
 * the settings say.
 */
export function settingsFrom(
  section: unknown,
  trusted: boolean,
): { readonly settings: Settings; readonly problems: readonly SettingProblem[] } {
  const { settings, problems } = readSettings(rawSettings(section), defaults);
  return { settings: { ...settings, network: trusted ? settings.network : 'untrusted' }, problems };
}
