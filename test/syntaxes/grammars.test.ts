import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Assertion, readGrammarTest } from './assertions';
import { jsonFilesIn, tokenizer } from './tokens';

const folder = 'test/syntaxes';
const files = readdirSync(folder).filter(name => !name.endsWith('.ts'));

/** VS Code's own grammars, where the editor's tests have installed it: those of npm lag behind them. */
const cache = process.env.XDG_CACHE_HOME ? `${process.env.XDG_CACHE_HOME}/meshfit` : '.vscode-test';
const editors = existsSync(cache) ? readdirSync(cache).flatMap(extensionsOf) : [];
const grammars = {
  'the grammars of npm': jsonFilesIn('node_modules/tm-grammars/grammars'),
  ...Object.fromEntries(editors.map(extensions => [extensions, grammarsOf(extensions)])),
};

for (const [name, paths] of Object.entries(grammars)) {
  const tokenize = tokenizer(paths);
  for (const file of files)
    test(`${file} is coloured as it says, over ${name}`, async t => {
      const { scope, code, assertions } = readGrammarTest(readFileSync(`${folder}/${file}`, 'utf8'));
      assert.notEqual(assertions.length, 0);
      const lines = await tokenize(scope, code);
      for (const line of new Set(assertions.map(assertion => assertion.line)))
        await t.test(`${line}: ${code[line]?.trim()}`, () => {
          for (const assertion of assertions.filter(other => other.line === line))
            for (const token of lines[line] ?? [])
              if (token.startIndex < assertion.end && token.endIndex > assertion.start)
                assertScopes(token.scopes, assertion, code[line]?.slice(token.startIndex, token.endIndex));
        });
    });
}

function assertScopes(actual: readonly string[], { has, lacks }: Assertion, text: string | undefined): void {
  const scopes = actual.flatMap(scope => scope.split(' '));
  const inOrder = scopes.reduce((found, scope) => (scope === has[found] ? found + 1 : found), 0);
  assert.equal(inOrder, has.length, `“${text}” is ${scopes.join(' ')}, not ${has.join(' ')}`);
  const unwanted = lacks.filter(scope => scopes.includes(scope));
  assert.deepEqual(unwanted, [], `“${text}” is ${scopes.join(' ')}`);
}

function extensionsOf(editor: string): readonly string[] {
  return ['vscode/extensions', 'resources/app/extensions']
    .map(path => `${cache}/${editor}/${path}`)
    .filter(existsSync);
}

function grammarsOf(extensions: string): readonly string[] {
  return readdirSync(extensions)
    .map(name => `${extensions}/${name}/syntaxes`)
    .filter(existsSync)
    .flatMap(jsonFilesIn);
}
