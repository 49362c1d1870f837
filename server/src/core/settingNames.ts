import type { RawSettings, SettingName } from './settings';

/** The settings as users name them, below `meshfit.`; package.json declares the same ones. */
export const settingNames = {
  platforms: 'platforms',
  istioVersion: 'istioVersion',
  hubs: 'hubs',
  mirrors: 'mirrors',
  allowedHosts: 'registries.allowed',
  mirrorFallback: 'mirrorFallback',
  mirrorFiles: 'mirrorFiles',
  network: 'network',
  networkVia: 'networkVia',
} as const;

/** The name by which users know a setting: `meshfit.registries.allowed`. */
export function nameOf(setting: SettingName): string {
  const known = Object.entries(settingNames).find(([own]) => own === setting);
  return `meshfit.${known?.[1] ?? setting}`;
}

/** The names in an object that stand for no setting, as written; those in a nested object with the name that it has. */
export function unknownNames(section: object): readonly string[] {
  const names = Object.values(settingNames);
  const isKnown = (key: string): boolean => names.some(name => key === name || key === `meshfit.${name}`);
  return Object.entries(section).flatMap(([key, value]: [string, unknown]) => {
    if (isKnown(key)) return [];
    const isGroup = names.some(name => name.startsWith(`${key}.`));
    if (!isGroup || typeof value !== 'object' || value === null) return [key];
    return Object.keys(value).flatMap(inner => (isKnown(`${key}.${inner}`) ? [] : [`${key}.${inner}`]));
  });
}

/**
 * Takes the settings out of an object with the users' names: the editor's section `meshfit`, where `registries.allowed`
 * is nested, or a file where names may be written with their dots. Anything else in it is ignored.
 */
export function rawSettings(section: unknown): RawSettings {
  const at = (name: string): unknown => {
    if (typeof section !== 'object' || section === null) return undefined;
    const whole = Object.entries(section).find(([key]) => key === name || key === `meshfit.${name}`);
    if (whole !== undefined) return whole[1];
    const [head = '', ...rest] = name.split('.');
    const inner: unknown =
      rest.length === 0 ? undefined : Object.entries(section).find(([key]) => key === head)?.[1];
    return typeof inner === 'object' && inner !== null
      ? Object.entries(inner).find(([key]) => key === rest.join('.'))?.[1]
      : undefined;
  };
  return Object.fromEntries(Object.entries(settingNames).map(([own, name]) => [own, at(name)]));
}
