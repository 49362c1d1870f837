import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nameOf, rawSettings, settingNames, unknownNames } from '../core/settingNames';
import { type RawSettings, readSettings, type Settings } from '../core/settings';
import { defaults } from '../defaults';
import { type Arguments, flagOf } from './arguments';

/** The settings of a run: flags, else the `--config` file, else defaults; a text that says what is wrong otherwise. */
export function settingsOf({ settings: flags, config }: Arguments, directory: string): Settings | string {
  const fromFile = config === undefined ? {} : readConfig(config, directory);
  if (typeof fromFile === 'string') return fromFile;
  const configured = readSettings(fromFile, defaults);
  const wrong = configured.problems[0];
  if (wrong !== undefined) return `--config ${config}: ${nameOf(wrong.name)}: ${wrong.why}`;
  const { settings, problems } = readSettings(flags, configured.settings);
  const problem = problems[0];
  return problem === undefined ? settings : `${flagOf[problem.name] ?? nameOf(problem.name)}: ${problem.why}`;
}

function readConfig(path: string, directory: string): RawSettings | string {
  let text: string;
  try {
    text = readFileSync(resolve(directory, path), 'utf8');
  } catch {
    return `--config ${path}: can't be read`;
  }
  try {
    const section: unknown = JSON.parse(text);
    if (typeof section !== 'object' || section === null || Array.isArray(section))
      return `--config ${path}: write the settings as a JSON object, for example {"platforms": ["linux/arm64"]}`;
    const [unknown] = unknownNames(section);
    if (unknown === undefined) return rawSettings(section);
    return `--config ${path}: there is no setting "${unknown}"; there are ${Object.values(settingNames).join(', ')}`;
  } catch (error) {
    return `--config ${path}: not valid JSON (${error instanceof Error ? error.message : String(error)})`;
  }
}
