import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

/** What the files of a folder may import: folders and files below server/src, packages, and `node:*`. */
interface Allowed {
  readonly from: string;
  readonly may: readonly string[];
  readonly sentence: string;
}

const server = 'server/src';

/** The first row whose `from` is a prefix of a file's path holds for it. */
const table: readonly Allowed[] = [
  {
    from: 'client/src/sending.ts',
    may: [
      `${server}/core/send`,
      `${server}/registry/hostTransport`,
      `${server}/registry/limits`,
      'vscode-languageclient/node',
    ],
    sentence: 'the client sends requests in the way of the registry, and knows nothing else of the server',
  },
  {
    from: 'client/src/extension.ts',
    may: ['client/src/', `${server}/sources/interest`, 'vscode'],
    sentence: 'the extension takes the first look at a text, and leaves the rest to the server',
  },
  {
    from: 'client/src/',
    may: ['client/src/', 'vscode', 'vscode-languageclient/node'],
    sentence: 'the client never imports the server',
  },
  { from: `${server}/core/`, may: [`${server}/core/`], sentence: 'core imports nothing outside core' },
  {
    from: `${server}/sources/`,
    may: [`${server}/core/`, `${server}/sources/`, 'yaml', 'unbash'],
    sentence: 'sources know neither meshes nor rules nor the world',
  },
  {
    from: `${server}/meshes/`,
    may: [`${server}/core/`, `${server}/meshes/`],
    sentence: 'meshes read fragments and know neither sources nor the world',
  },
  {
    from: `${server}/rules/`,
    may: [`${server}/core/`, `${server}/rules/`],
    sentence: 'rules meet neither meshes nor sources nor the world',
  },
  {
    from: `${server}/registry/nodeTransport.ts`,
    may: [`${server}/core/`, `${server}/registry/`, 'node-fetch', 'node:'],
    sentence: 'only registry/nodeTransport.ts imports node-fetch',
  },
  {
    from: `${server}/registry/tunnels.ts`,
    may: [`${server}/core/`, `${server}/registry/`, 'https-proxy-agent', 'node:'],
    sentence: 'only registry/tunnels.ts imports https-proxy-agent',
  },
  {
    from: `${server}/registry/toml.ts`,
    may: [`${server}/core/`, 'smol-toml'],
    sentence: 'only registry/toml.ts imports smol-toml',
  },
  {
    from: `${server}/registry/`,
    may: [`${server}/core/`, `${server}/registry/`, `${server}/settle`, 'node:'],
    sentence: 'the registry knows neither documents nor shells',
  },
  {
    from: `${server}/engine.ts`,
    may: ['core/', 'sources/index', 'meshes/index', 'rules/index'].map(path => `${server}/${path}`),
    sentence: 'the engine composes sources, meshes and rules; facts are handed in',
  },
  { from: `${server}/settle.ts`, may: [`${server}/core/`], sentence: 'settle knows only the core' },
  {
    from: `${server}/disk.ts`,
    may: [`${server}/core/`, 'node:'],
    sentence: 'disk.ts reads files and no more',
  },
  { from: `${server}/defaults.ts`, may: [`${server}/core/`], sentence: 'defaults.ts is plain data' },
  { from: `${server}/version.ts`, may: ['package.json'], sentence: 'version.ts reads package.json' },
  {
    from: `${server}/lsp/main.ts`,
    may: ['lsp/', 'registry/', 'disk', 'version']
      .map(path => `${server}/${path}`)
      .concat('vscode-languageserver/node', 'node:url'),
    sentence: 'lsp/main.ts is where the server meets the world',
  },
  {
    from: `${server}/lsp/editorTransport.ts`,
    may: [`${server}/lsp/`, `${server}/registry/transport`, 'vscode-languageserver'],
    sentence: 'the editor is one more way to send requests',
  },
  {
    from: `${server}/lsp/`,
    may: ['core/', 'lsp/', 'defaults', 'engine', 'settle', 'version']
      .map(path => `${server}/${path}`)
      .concat('vscode-languageserver', 'vscode-languageserver-textdocument'),
    sentence: 'the server never imports the command line and does no I/O of its own',
  },
  {
    from: `${server}/cli/main.ts`,
    may: [`${server}/cli/`, `${server}/registry/`],
    sentence: 'cli/main.ts is where the command line meets the world',
  },
  {
    from: `${server}/cli/`,
    may: ['core/', 'cli/', 'defaults', 'engine', 'settle', 'disk', 'version']
      .map(path => `${server}/${path}`)
      .concat('node:'),
    sentence: 'the command line knows neither the editor protocol nor the registry',
  },
];

const meshFolders = readdirSync(`${server}/meshes`, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => `${server}/meshes/${name}/`);

test('every import is one that the architecture allows', () => {
  const broken = filesBelow('client/src')
    .concat(filesBelow(server))
    .flatMap(file => importsOf(file).flatMap(target => complaint(file, target) ?? []));
  assert.deepEqual(broken, []);
});

test('one mesh never imports another', () => {
  for (const own of meshFolders)
    for (const other of meshFolders.filter(folder => folder !== own))
      for (const file of filesBelow(own))
        assert.ok(!importsOf(file).some(target => target.startsWith(other)), `${file} imports from ${other}`);
});

test('only lsp/ knows the editor protocol, and the pure folders know no promises', () => {
  for (const folder of ['core', 'sources', 'meshes', 'rules'])
    for (const file of filesBelow(`${server}/${folder}`)) {
      const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      assert.doesNotMatch(code, /\basync\b|\bawait\b|\bPromise\b|\bprocess\.|\bBuffer\b|\bfetch\(/, file);
    }
});

test('no module keeps state of its own that changes', () => {
  for (const file of filesBelow(server).concat(filesBelow('client/src')))
    assert.doesNotMatch(readFileSync(file, 'utf8'), /^(export )?let /m, file);
});

test('every folder that ARCHITECTURE.md names exists', () => {
  const page = readFileSync('ARCHITECTURE.md', 'utf8');
  for (const [, path = ''] of page.matchAll(
    /`((?:client|server|test|demo|bench|examples|syntaxes|scripts)\/[\w./-]*)`/g,
  ))
    assert.ok(existsSync(path), path);
});

function complaint(file: string, target: string): string | undefined {
  const row = table.find(({ from }) => file.startsWith(from));
  if (row === undefined) return `${file} has no row in the table of allowed imports`;
  if (row.may.some(allowed => target === allowed || (/[/:]$/.test(allowed) && target.startsWith(allowed))))
    return undefined;
  return `${file} imports ${target}, but ${row.sentence}`;
}

/** What a file imports: paths from the repository's root without their ending, or names of packages. */
function importsOf(file: string): readonly string[] {
  const code = readFileSync(file, 'utf8');
  return [...code.matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)|^import '([^']+)'/gm)].map(match => {
    const target = match[1] ?? match[2] ?? match[3] ?? '';
    if (target.startsWith('.')) return normalize(join(dirname(file), target)).replaceAll('\\', '/');
    return builtinModules.includes(target) ? `node:${target}` : target;
  });
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = `${folder.replace(/\/$/, '')}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}
