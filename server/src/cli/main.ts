import { createSession } from '../registry/session';
import { run } from './run';

const say = (text: string): void => void process.stderr.write(text);

// A reader that has seen enough (`| head`) ends the program, and any other trouble with the output is said in a line.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') say(`meshfit: the output can't be written (${error.code})\n`);
  process.exit(error.code === 'EPIPE' ? 0 : 2);
});

const log = (message: string): void => say(`meshfit: ${message}\n`);
const session = createSession({ environment: process.env, log });

run(process.argv.slice(2), {
  stdout: text => void process.stdout.write(text),
  stderr: say,
  directory: process.cwd(),
  colours: process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '',
  facts: (settings, { cache }) => session.registryFor(settings, { cache }).explicitly(),
}).then(
  async code => {
    process.exitCode = code;
    await session.flush();
  },
  (error: unknown) => {
    say(
      `meshfit: this is a mistake of Meshfit's own: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 2;
  },
);
