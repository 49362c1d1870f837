/**
 * What the text of a code block is: commands as in a script, a console session (where a leading `#` may be the prompt of
 * root), manifests, or text of no stated language.
 */
export type Language = 'script' | 'session' | 'manifest' | 'plain' | 'other';

const languages: ReadonlyMap<string, Language> = new Map([
  ...[
    'bash',
    'sh',
    'zsh',
    'ksh',
    'dash',
    'ash',
    'posix',
    'shell',
    'shellscript',
    'commandline',
    'command',
  ].map(name => [name, 'script'] as const),
  ...['console', 'terminal', 'session', 'shellsession', 'bashsession', 'shsession', 'cli'].map(
    name => [name, 'session'] as const,
  ),
  ...['yaml', 'yml', 'json', 'jsonc', 'json5'].map(name => [name, 'manifest'] as const),
  ...['', 'text', 'txt', 'plain', 'plaintext', 'none', 'code'].map(name => [name, 'plain'] as const),
]);

/**
 * What an info string says: its first word decides (CommonMark 0.31.2 section 4.5), without what renderers write around
 * it: `{.bash .copy}`, `bash{1,3}`, `bash,ignore`, `bash title="x"`, `language-bash`.
 */
export function languageOf(info: string): Language {
  const words = info
    .slice(0, 200)
    .toLowerCase()
    .replace(/^\{?[\s.]*(?:language-|lang-)?/, '')
    .split(/[\s{},:;=.[\]"']+/);
  const [first = '', second = ''] = words;
  if (/^(?:shell|bash|sh|zsh)$/.test(first) && second === 'session') return 'session';
  return languages.get(first.replace(/[-_]/g, '')) ?? 'other';
}
