import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jenkinsfile } from '../../../server/src/sources/jenkinsfile/jenkinsfile';
import { scriptsOf } from '../../../server/src/sources/jenkinsfile/steps';
import { assertFast, assertReads, assertTraced, showCommands, showTraced } from '../makefile/show';

const scriptsIn = (text: string) => scriptsOf(text, 'file:///Jenkinsfile');

/** A pipeline and the scripts that it runs. */
const runs = (name: string, text: string, ...scripts: readonly string[]) =>
  test(name, () =>
    assert.deepEqual(
      scriptsIn(text).map(script => showTraced(script.text, text)),
      scripts,
    ),
  );

runs('single quotes', "sh 'a $B'", 'a $B');
runs('double quotes', 'sh "a \\$B"', 'a $B');
runs('three single quotes', "sh '''\n a\n b\n'''", '\n a\n b\n');
runs('three double quotes', 'sh """\na \\\\\n b\n"""', '\na \\\n b\n');
runs('slashes', 'sh(/a \\/b/)', 'a /b');
runs('dollar and slash', 'sh $/a \\b/$', 'a \\b');
runs('brackets', "sh('a')", 'a');
runs('a named argument', "sh(script: 'a', returnStdout: true).trim()", 'a');
runs('the script comes last', "sh label: 'x', returnStatus: true, script: 'a'", 'a');
runs('arguments over lines', "sh(\n  returnStdout: true,\n  script: '''a'''\n)", 'a');
runs('a step of an object', "steps.sh 'a'", 'a');
runs('escapes', "sh 'a\\tb\\u0041\\'\\\\'", "a\tbA'\\");
runs('a line that goes on', "sh 'a \\\n b'", 'a  b');
runs('texts that are joined', "sh 'a ' +\n  \"b \" + 'c'", 'a b c');
runs('a text without its margin', 'sh """a""".stripIndent()', 'a');
runs('CRLF', "sh '''a\r\nb'''\r\nsh 'c'\r\n", 'a\nb', 'c');
runs('comments', "// sh 'a'\n/* sh 'b' */\nsh 'c'", 'c');
runs('other steps', "bat 'a'\necho 'sh b'\npowershell 'c'\nx.push 'd'");
runs('a name in quotes', 'echo "sh \'a\'"');
runs('a folder', "dir('x') { sh 'a' }\nsh 'b'", 'cd x\na', 'b');
runs('folders within one another', "dir('x') { dir('y') { sh 'a' } }", 'cd x\ncd y\na');

runs('a variable', 'def V = \'1\'\nsh "a $V ${V}"', 'a 1 1');
runs('a variable within quotes of the shell', "def V = '1'\nsh \"a '${V}'\"", "a '1'");
runs('a typed variable', 'String V = \'1\'\nsh "a ${V}"', 'a 1');
runs('a variable of the environment', 'environment {\n V = \'1\'\n}\nsh "a ${env.V} ${V} $env.V"', 'a 1 1 1');
runs('a parameter', "string(name: 'V', defaultValue: '1')\nsh \"a ${params.V}\"", 'a 1');
runs('the other parameter first', "string(defaultValue: '1', name: 'V')\nsh \"a ${params.V}\"", 'a 1');
runs('a variable of others', 'def A = \'1\'\ndef B = "x-${A}"\nsh "a ${B}"', 'a x-1');
runs('a default', 'def V = params.V ?: \'1\'\nsh "a ${V}"', 'a 1');
runs('a script in a variable', "def s = 'a b'\nsh s", 'a b');
runs('an assignment from Groovy to the environment', 'env.V = \'1\'\nsh "a ${env.V}"', 'a 1');
runs('a variable ends with its block', '{ def V = \'1\' }\nsh "${V}"', '${V}');

/** What a shell knows as `V` in the last script. */
const isThen = (name: string, text: string, ...values: readonly string[]) =>
  test(name, () => {
    const given = scriptsIn(text).at(-1)?.variables.get('V') ?? [];
    assert.deepEqual(
      given.map(value => showTraced(value, text)),
      values,
    );
  });
isThen('the environment', "environment { V = '1' }\nsh 'a'", '1');
isThen('the environment of another stage', "stage('a') { environment { V = '1' } }\nsh 'a'");
isThen(
  'the nearest environment',
  "environment { V = '1' }\nstage('a') { environment { V = '2' }\n sh 'a' }",
  '2',
);
isThen('withEnv', "withEnv(['U=0', \"V=1\"]) { sh 'a' }", '1');
isThen('after withEnv', "withEnv(['V=1']) { sh 'b' }\nsh 'a'");
isThen('a parameter', "parameters { string(name: 'V', defaultValue: '1') }\nsh 'a'", '1');
isThen('a variable of Groovy is none of the shell', "def V = '1'\nsh 'a'");
isThen('branches', "def V = '1'\nif (x) { V = '2' } else { V = '3' }\nsh \"a ${V}\"", '1', '2', '3');
isThen('credentials', "environment { V = credentials('x') }\nsh 'a'", '<${V}: the pipeline works it out>');
isThen(
  'output',
  'def V = sh(script: \'x\', returnStdout: true)\nsh "$V"',
  '<${V}: it is the output of a command>',
);
isThen('from outside', 'sh "a ${env.V}"', '<${V}: it is given to the pipeline from outside>');
isThen('what is worked out', 'def V = x.y(1)\nsh "$V"', '<${V}: the pipeline works it out>');

test('words know where they are written', () => {
  const text =
    "environment { TAG = '1.14.1' }\ndef hub = 'docker.io/istio'\nsh \"istioctl install --set hub=${hub} --set tag=\\$TAG\"";
  assert.deepEqual(showCommands(jenkinsfile, text), [
    'istioctl install --set hub=docker.io/istio@hub=${hub} --set tag=1.14.1@tag=\\$TAG',
  ]);
});

test('any text is read, and every site lies within it', () => {
  const part = fc.constantFrom(
    ...[
      'sh ',
      'sh(',
      'script: ',
      ', ',
      ')',
      "'",
      '"',
      "'''",
      '"""',
      '/',
      '$/',
      '/$',
      '\\',
      '\n',
      '\r\n',
      '{',
      '}',
      '$',
      '${',
    ],
    ...[
      '$V',
      '${V}',
      '${env.V}',
      'V',
      ' = ',
      'def ',
      '+',
      '?:',
      "'1'",
      'environment {',
      "withEnv(['V=1']) {",
      "dir('x') {",
    ],
    ...[
      'istioctl install ',
      '--set tag=',
      '//',
      '/*',
      '*/',
      '.trim()',
      "string(name: 'V', defaultValue: '1')",
      '\\u0041',
      'env.',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 4 })), { maxLength: 40 }), parts => {
      const text = parts.join('');
      for (const { text: script, variables } of scriptsIn(text))
        for (const traced of [script, ...[...variables.values()].flat()]) assertTraced(traced, text);
      assertReads(jenkinsfile, text);
    }),
    { numRuns: 500 },
  );
});

for (const [name, text] of [
  ['one line', `sh 'istioctl ${'x'.repeat(1e6)}`],
  ['values that grow', 'a = a + "x"\n'.repeat(100_000)],
  ['values that double', 'def a = "$a$a"\n'.repeat(100_000)],
  ['many variables in one text', `sh "${'${a}'.repeat(200_000)}"`],
  ['open braces in a text', `sh "${'${'.repeat(300_000)}`],
  ['open brackets', 'sh('.repeat(200_000)],
  ['open blocks', '{'.repeat(500_000)],
] as const)
  test(`a large pipeline: ${name}`, () => assertFast(() => scriptsIn(text)));
