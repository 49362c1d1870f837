import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commandsOf } from '../../../server/src/sources/markdown/commands';
import { shownIn } from '../../../server/src/sources/markdown/document';
import { type Language, languageOf } from '../../../server/src/sources/markdown/language';
import { markdown } from '../../../server/src/sources/markdown/markdown';
import { assertFast, assertReads, assertTraced, showCommands, showTraced } from '../makefile/show';

const scriptsIn = (text: string): readonly string[] =>
  shownIn(text, 'file:///a.md').scripts.map(script => showTraced(script.text, text));

/** A document and the scripts that it shows. */
const shows = (name: string, text: string, ...scripts: readonly string[]) =>
  test(name, () => assert.deepEqual(scriptsIn(text), scripts));

const fence = (info: string, body: string): string => `\`\`\`${info}\n${body}\n\`\`\`\n`;

shows('prose and inline code are never read', 'Run `istioctl install`.\n\nistioctl install -y\n');
shows('a fence of backticks', fence('bash', 'istioctl a'), 'istioctl a\n');
shows('a fence of tildes', '~~~sh\nistioctl a\n~~~\nistioctl b\n', 'istioctl a\n');
shows('a shorter fence does not close', '~~~~sh\na\n~~~\nb\n~~~~\nc', 'a\n~~~\nb\n');
shows('another kind of fence does not close', '~~~sh\na\n```\nb\n~~~\nc', 'a\n```\nb\n');
shows('a fence with an info string does not close', '```sh\na\n```foo\nb\n```\nc', 'a\n```foo\nb\n');
shows('four backticks closed by three', '````bash\nistioctl a\n```\nprose\n', 'istioctl a\n');
shows('a fence that is never closed', '```bash\nistioctl a\nb', 'istioctl a\nb');
shows(
  'a fence that the next shows to be open',
  '```bash\na\n\nProse.\n```bash\nb\n```\n',
  'a\n\nProse.\n',
  'b\n',
);
shows('a backtick in the info string makes it no fence', '``` a`b\nistioctl x\n');
shows('a fence in a list', '1. Do\n\n   ```sh\n   a\n     b\n   ```\n', 'a\n  b\n');
shows('a fence on the line of a list marker', '- ```sh\n  a\n  ```\n', 'a\n');
shows('a fence in a block quote', '> ```sh\n> a\n>b\n> ```\n> c\n', 'a\nb\n');
shows('a fence ends with its block quote', '> ```sh\n> a\nb\n', 'a\n');
shows('CRLF and a byte order mark', '\uFEFF```sh\r\na\r\nb\r\n```\r\n', 'a\nb\n');
shows('an HTML comment', `<!--\n${fence('sh', 'a')}-->\n${fence('sh', 'b')}`, 'b\n');
shows('a comment of MDX', `{/*\n${fence('sh', 'a')}*/}\n${fence('sh', 'b')}`, 'b\n');
shows('a comment inside a fence is text', fence('sh', '<!-- a'), '<!-- a\n');
shows('a tag of Hugo', '{{< text bash >}}\n$ a\nout\n{{< /text >}}\n$ b\n', 'a\n');
shows('a tag of Hugo with arguments', '{{< text syntax=bash snip_id=x >}}\na\n{{< /text >}}\n', 'a\n');
shows('a tag of Jekyll', '{% highlight bash %}\na\n{% endhighlight %}\n', 'a\n');
shows(
  'tabs of GitBook',
  '{% codetabs name="Bash", type="bash" -%}\na\n{%- language name="Go", type="go" -%}\nb\n{%- endcodetabs %}\n',
  'a\n',
);
shows('an indented block with a prompt', 'Text:\n\n    $ istioctl a\n    out\n\nMore', 'istioctl a\n');
shows('an indented block with istioctl', 'Text:\n\n    istioctl a\n    b\nMore', 'istioctl a\nb\n');
shows('an indented paragraph of a list', '1.  Text:\n\n    istioctl a is a command.\n');
shows('a block of no language', fence('', '# first\ncurl x\nistioctl a'), '# first\ncurl x\nistioctl a\n');
shows('output of no language', fence('', 'Usage:\n  istioctl install [flags]'));
shows('another language', fence('go', 'istioctl install'));
shows('lines before the first prompt of a script', fence('sh', 'a\n$ b\nout'), 'a\nb\n');
shows('several fences in order', fence('sh', 'a') + fence('bash', 'b'), 'a\n', 'b\n');

const language = (...rows: readonly (readonly [Language, ...string[]])[]) => {
  for (const [expected, ...infos] of rows)
    for (const info of infos)
      test(`info string ${JSON.stringify(info)}`, () => assert.equal(languageOf(info), expected));
};
language(
  [
    'script',
    'bash',
    'sh',
    'Shell',
    'zsh',
    'shellscript',
    'shell script',
    '{.bash}',
    '{.bash .copy}',
    '{bash}',
  ],
  ['script', 'bash title="a"', 'bash{1,3}', 'bash,ignore', 'language-bash', 'sh:a.sh'],
  ['session', 'console', 'terminal', 'shell-session', 'shell session', 'ShellSession', 'bash session'],
  ['manifest', 'yaml', 'yml', 'json', 'YAML'],
  ['plain', '', 'text', 'plaintext'],
  ['other', 'go', 'powershell', 'diff', 'bashful'],
);

const at = (raw: string) => ({
  raw,
  stretches: [{ length: raw.length, site: { uri: '', span: { start: 0, end: raw.length } }, exact: true }],
});

/** A block of a console session, and its commands. */
const types = (name: string, kind: Language, block: string, commands: string) =>
  test(name, () => assert.equal(showTraced(commandsOf(at(block), kind), block), commands));

for (const prompt of [
  '$ ',
  '  $ ',
  '❯ ',
  '% ',
  'PS > ',
  'PS C:\\istio> ',
  'C:\\> ',
  '[root@host ~]# ',
  '[me@host istio-1.14]$ ',
  'root@host:~# ',
  'root@host ~]# ',
  'user@host:~/x$ ',
  'user@host ~ % ',
  '(base) $ ',
  '~/istio $ ',
  'bash-5.1$ ',
  '/ # ',
  'controlplane $ ',
])
  types(`prompt ${prompt}`, 'script', `${prompt}istioctl a\nout\n`, 'istioctl a\n');
types('no prompt', 'script', 'a\n# b\nc\n', 'a\n# b\nc\n');
types('a comment beside prompts', 'session', '# Install it\n$ a\nout\n', 'a\n');
types('the prompt of root', 'session', '# istioctl a\nout\n# b\n', 'istioctl a\nb\n');
types('a comment in a script', 'script', '# istioctl a\nb\n', '# istioctl a\nb\n');
types('a comment in a session without prompts', 'session', '# Do\nistioctl a\n', '# Do\nistioctl a\n');
types('a backslash', 'session', '$ a \\\n    b\nout\n', 'a \\\n    b\n');
types('a continuation prompt', 'session', '$ a \\\n> b\nout\n', 'a \\\nb\n');
types('an open quote', 'session', "$ a 'b\nc'\nout\n", "a 'b\nc'\n");
types('a pipe at the end', 'session', '$ a |\nb\nout\n', 'a |\nb\n');
types(
  'a loop',
  'session',
  '$ for x in a; do\n  istioctl $x\ndone\nout\n',
  'for x in a; do\n  istioctl $x\ndone\n',
);
types('a here-document', 'session', '$ a <<EOF\nb: $c\nEOF\nout\n', 'a <<EOF\nb: $c\nEOF\n');
types('a here-string goes on in no line', 'session', '$ a <<<b\nout\n', 'a <<<b\n');
types('a test with a comment is no prompt', 'script', '[ -f x ] # c\na\n', '[ -f x ] # c\na\n');

test('a manifest in a fence, with the places of its values', () => {
  const text = `1. Do\n   ${fence('yaml', '   kind: IstioOperator\n   spec:\n     hub: docker.io/istio').replace(/\n```/, '\n   ```')}`;
  const [manifest] = shownIn(text, 'file:///a.md').manifests;
  assert.equal(text.slice(manifest?.anchor.span.start, manifest?.anchor.span.end), 'IstioOperator');
  const insertion = manifest && markdown.insert(text, manifest, ['spec', 'tag'], '1.14.1');
  assert.match(insertion?.newText ?? '', /tag: 1\.14\.1/);
});

test('commands know where they are written', () => {
  const text = '> ```console\n> $ T=1.14.1\n> $ istioctl install --set \\\n>    tag=$T\n> ok\n> ```\n';
  assert.deepEqual(showCommands(markdown, text), ['istioctl install --set tag=1.14.1@tag=$T']);
});

test('any text is read, and every site lies within it', () => {
  const part = fc.constantFrom(
    ...[
      '```',
      '````',
      '~~~',
      'bash',
      'console',
      'yaml',
      '\n',
      '\r\n',
      '> ',
      '- ',
      '1. ',
      '   ',
      '    ',
      '\t',
      '$ ',
      '# ',
    ],
    ...[
      'istioctl install',
      ' --set tag=1',
      '<!--',
      '-->',
      '{{< text bash >}}',
      '{{< /text >}}',
      '{% highlight sh %}',
    ],
    ...[
      "'",
      '"',
      '\\',
      '<<EOF',
      'EOF',
      'kind: IstioOperator',
      'spec:\n',
      '  hub: x',
      '\uFEFF',
      'T=1',
      '$T',
      '`',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 4 })), { maxLength: 40 }), parts => {
      const text = parts.join('');
      for (const script of shownIn(text, 'file:///a').scripts) assertTraced(script.text, text);
      assertReads(markdown, text);
    }),
    { numRuns: 500 },
  );
});

for (const [name, text] of [
  ['one line', `\`\`\`bash\nistioctl ${'x'.repeat(1e6)}`],
  ['a fence in a list that is never closed', `- \`\`\`sh\n${'  istioctl a\n'.repeat(400_000)}`],
  ['fences of many lengths', `${'```\n````bash\nx\n'.repeat(100_000)}istioctl`],
  ['comments that are never closed', `istioctl\n${'<!--\n{/*\n'.repeat(200_000)}`],
] as const)
  test(`a large document: ${name}`, () => assertFast(() => shownIn(text, 'file:///a')));
