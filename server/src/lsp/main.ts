import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { placesOnDisk, textOnDisk } from '../disk';
import { loadCredentials } from '../registry/credentials';
import type { DiskMemory } from '../registry/diskMemory';
import { createRegistry } from '../registry/index';
import { createLedger } from '../registry/ledger';
import { createUserMemory } from '../registry/userMemory';
import { version } from '../version';
import { contactsText } from './contactsText';
import { createEditorTransport } from './editorTransport';
import { serve } from './server';

const usage = `Usage: meshfit-language-server --stdio | --node-ipc | --version
Speaks the Language Server Protocol with an editor. Settings are those of the section "meshfit".
`;

/** The path of a folder on this machine; none for one that is elsewhere. */
const pathOf = (uri: string): readonly string[] => (uri.startsWith('file:') ? [fileURLToPath(uri)] : []);

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
  const ledger = createLedger();
  let memory: DiskMemory | undefined;
  connection.onShutdown(() => memory?.flush());
  serve(connection, {
    contacts: hosts => contactsText(ledger.contacts(), hosts),
    placesOf: placesOnDisk,
    textAt: textOnDisk,
    facts: (settings, { options, folders }) => {
      memory ??= createUserMemory({ environment: process.env, log, editor: options.cacheFolder });
      return createRegistry({
        settings,
        credentials: loadCredentials(process.env, log, { folders: () => folders().flatMap(pathOf) }),
        log,
        ledger,
        ...(memory && { memory }),
        ...(options.sends === true &&
          settings.networkVia === 'editor' && { transport: createEditorTransport(connection) }),
      });
    },
  });
}
