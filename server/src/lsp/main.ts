import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { placesOnDisk, textOnDisk } from '../disk';
import { loadCredentials } from '../registry/credentials';
import { createRegistry } from '../registry/index';
import { version } from '../version';
import { serve } from './server';

const usage = `Usage: meshfit-language-server --stdio | --node-ipc | --version
Speaks the Language Server Protocol with an editor. Settings are those of the section "meshfit".
`;

const transports = ['--stdio', '--node-ipc'];

if (process.argv.includes('--version')) {
  process.stdout.write(`${version}\n`);
} else if (!process.argv.some(word => transports.includes(word))) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const connection = createConnection(ProposedFeatures.all);
  const log = (message: string): void => connection.console.warn(message);
  // A mistake of our own in one feature must not end the others.
  process.on('unhandledRejection', error => connection.console.error(String(error)));
  serve(connection, {
    placesOf: placesOnDisk,
    textAt: textOnDisk,
    facts: settings => createRegistry({ settings, credentials: loadCredentials(process.env, log), log }),
  });
}
