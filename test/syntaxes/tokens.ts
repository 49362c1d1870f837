import { readdirSync, readFileSync } from 'node:fs';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, type IToken, parseRawGrammar, Registry } from 'vscode-textmate';

interface Contribution {
  readonly path: string;
  readonly scopeName: string;
  readonly injectTo: readonly string[];
}

/** Gives the tokens of each line of a text, whose language has this scope. */
export type Tokenize = (scope: string, code: readonly string[]) => Promise<readonly (readonly IToken[])[]>;

const engine = loadWASM(readFileSync('node_modules/vscode-oniguruma/release/onig.wasm').buffer).then(() => ({
  createOnigScanner,
  createOnigString,
}));

/**
 * The engine of VS Code with the grammars of languages in these JSON files, and the injections that package.json
 * contributes. Where two files hold the same scope, the first one counts.
 */
export function tokenizer(paths: readonly string[]): Tokenize {
  const injections: readonly Contribution[] = JSON.parse(readFileSync('package.json', 'utf8')).contributes
    .grammars;
  const files = new Map(
    [...paths.map(path => [scopeIn(path), path] as const)]
      .reverse()
      .concat(injections.map(({ scopeName, path }) => [scopeName, path])),
  );
  const registry = new Registry({
    onigLib: engine,
    loadGrammar: async scope => {
      const path = files.get(scope);
      return path === undefined ? null : parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
    getInjections: scope =>
      injections.filter(({ injectTo }) => injectTo.includes(scope)).map(({ scopeName }) => scopeName),
  });
  return async (scope, code) => {
    const grammar = await registry.loadGrammar(scope);
    if (grammar === null) throw new Error(`there is no grammar for ${scope}`);
    let state = INITIAL;
    return code.map(line => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens;
    });
  };
}

/** The JSON files in a folder. */
export const jsonFilesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => `${folder}/${name}`);

function scopeIn(path: string): string {
  return /"scopeName":\s*"([^"]+)"/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
}
