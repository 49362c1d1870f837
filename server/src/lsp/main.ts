import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { placesOnDisk, textOnDisk } from '../disk';
import type { Session } from '../registry/session';
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
  // The registries are loaded after the editor has its answer to `initialize`.
  let session: Promise<Session> | undefined;
  connection.onShutdown(async () => (await session)?.flush());
  serve(connection, {
    contacts: async hosts => contactsText((await session)?.contacts() ?? [], hosts),
    placesOf: placesOnDisk,
    textAt: textOnDisk,
    facts: async (settings, { options: { cacheFolder, sends }, folders }) => {
      session ??= import('../registry/session').then(({ createSession }) =>
        createSession({
          environment: process.env,
          log,
          cacheFolder,
          folders: () => folders().flatMap(pathOf),
        }),
      );
      const viaEditor = sends === true && settings.networkVia === 'editor';
      return (await session).registryFor(settings, {
        cache: true,
        ...(viaEditor && { transport: createEditorTransport(connection) }),
      });
    },
  });
}
