import type { ServerProgram } from './languageServer';

/** Without the network, so that only the bundled release facts answer. */
export const ours: ServerProgram = {
  name: 'Meshfit',
  words: ['dist/server.js', '--stdio'],
  settings: { meshfit: { network: 'off' } },
};

/** Without the schema store, so that the peer neither waits for the network nor checks more than the syntax. */
export const yamlServer: ServerProgram = {
  name: 'yaml-language-server',
  words: ['bench/node_modules/yaml-language-server/bin/yaml-language-server', '--stdio'],
  settings: { yaml: { validate: true, schemaStore: { enable: false } } },
};

/** Without shellcheck, which is a program of its own. */
export const bashServer: ServerProgram = {
  name: 'bash-language-server',
  words: ['bench/node_modules/bash-language-server/out/cli.js', 'start'],
  settings: {
    bashIde: { shellcheckPath: '', enableSourceErrorDiagnostics: true, backgroundAnalysisMaxFiles: 0 },
  },
};

export const dockerfileServer: ServerProgram = {
  name: 'dockerfile-language-server',
  words: ['bench/node_modules/dockerfile-language-server-nodejs/bin/docker-langserver', '--stdio'],
  settings: {},
};
