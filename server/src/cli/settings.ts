import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rawSettings } from '../core/settingNames';
import { type RawSettings, readSettings, type Settings } from '../core/settings';
import { defaults } from '../defaults';
import { type Arguments, flagOf } from './arguments';

/** The settings of a run: flags, else the `--config` file, else defaults; a text that says what is wrong otherwise. */
export function settingsOf({ settings: flags, config }: Arguments, directory: string): Settings | string {
  const fromFile = config === undefined ? {} : readConfig(config, directory);
  if (typeof fromFile === 'string') return fromFile;
  const configured = readSettings(fromFile, defaults);
  const wrong = configured.problems[0];
  if (wrong !== undefined) return `${config}: ${wrong.name}: ${wrong.why}`;
  const { settings, problems } = readSettings(flags, configured.settings);
  const problem = problems[0];
  return problem === undefined ? settings : `${flagOf[problem.name]}: ${problem.why}`;
}

function readConfig(path: string, directory: string): RawSettings | string {
  try {
    return rawSettings(JSON.parse(readFileSync(resolve(directory, path), 'utf8')));
  } catch (error) {
    return `--config ${path}: ${error instanceof SyntaxError ? `not valid JSON (${error.message})` : 'can not be read'}`;
  }
}
