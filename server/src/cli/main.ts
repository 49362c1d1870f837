import { loadCredentials } from '../registry/credentials';
import { createRegistry } from '../registry/index';
import { run } from './run';

const say = (text: string): void => void process.stderr.write(text);

run(process.argv.slice(2), {
  stdout: text => void process.stdout.write(text),
  stderr: say,
  directory: process.cwd(),
  colours: process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '',
  facts: settings => {
    const log = (message: string): void => say(`meshfit: ${message}\n`);
    return createRegistry({ ...settings, credentials: loadCredentials(process.env, log), log });
  },
}).then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    say(
      `meshfit: this is a mistake of Meshfit's own: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 2;
  },
);
