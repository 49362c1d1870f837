// Bundles the extension, the language server and the command line into dist/, and the parts that they load when needed.
import { chmodSync } from 'node:fs';
import { build } from 'esbuild';

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: !process.argv.includes('--readable'),
  legalComments: 'none',
  // The packages' ES modules are smaller once bundled, and node-fetch has no other form.
  mainFields: ['module', 'main'],
  // The build for all platforms: the one for Node reads the environment at every token.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  logLevel: 'warning',
};

/** Parts that are loaded when they are first needed, each a file of its own that the programs share. */
const parts = {
  '../engine': 'engine',
  '../registry/session': 'registry',
  './nodeTransport': 'network',
  './languageClient': 'languageClient',
};

/** Leaves the parts out of a program: `import('../engine')` becomes `require('./engine.js')` at that moment. */
const loadedLater = {
  name: 'loaded later',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && path in parts
        ? { path: `./${parts[path]}.js`, external: true }
        : undefined,
    );
  },
};
const program = { ...shared, plugins: [loadedLater], supported: { 'dynamic-import': false } };

await Promise.all([
  build({
    ...program,
    entryPoints: ['client/src/extension.ts'],
    outfile: 'dist/client.js',
    external: ['vscode'],
  }),
  build({
    ...shared,
    entryPoints: ['client/src/languageClient.ts'],
    outfile: 'dist/languageClient.js',
    external: ['vscode'],
    // VS Code gives extensions modules with its proxy and its certificates, but only by these names.
    alias: { 'node:http': 'http', 'node:https': 'https' },
  }),
  build({ ...shared, entryPoints: ['server/src/engine.ts'], outfile: 'dist/engine.js' }),
  build({ ...program, entryPoints: ['server/src/registry/session.ts'], outfile: 'dist/registry.js' }),
  build({ ...shared, entryPoints: ['server/src/registry/nodeTransport.ts'], outfile: 'dist/network.js' }),
  build({
    ...program,
    entryPoints: ['server/src/lsp/main.ts'],
    outfile: 'dist/server.js',
    // Flags of V8, which count only before anything runs. The server makes little garbage: a young generation that does
    // not grow saves some five megabytes. Compiling for speed later than usual takes the pauses out of the first
    // hundreds of letters, where compiling would cost more than it gains.
    banner: {
      js: [
        '#!/usr/bin/env node',
        "require('node:v8').setFlagsFromString('--semi-space-growth-factor=1');",
        "require('node:v8').setFlagsFromString('--interrupt-budget=1000000');",
      ].join('\n'),
    },
  }),
  build({
    ...program,
    entryPoints: ['server/src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  }),
]);
for (const program of ['dist/server.js', 'dist/cli.js']) chmodSync(program, 0o755);
