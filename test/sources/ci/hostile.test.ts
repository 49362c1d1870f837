import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { findShell } from '../../../server/src/sources/ci/findShell';
import { assertPointsAtItsText } from './pointsAt';

/** Asserts that all that is found in a text stands where it says; gives the number of scripts. */
function readsWithin(text: string): number {
  const { sessions, documents } = findShell(text, 'a');
  for (const document of documents) assertPointsAtItsText(document, text);
  for (const { scripts } of sessions)
    for (const script of scripts) {
      assertPointsAtItsText(script.text, text);
      for (const values of script.variables.values())
        for (const value of values) assertPointsAtItsText(value, text);
    }
  return sessions.reduce((sum, { scripts }) => sum + scripts.length, 0);
}

const keys = (
  'run script before_script command args env variables steps jobs with matrix strategy extends shell image inputs ' +
  'parameters vars cmds default uses'
).split(' ');
const expressions = [
  '$' + '{{',
  `$\{{ matrix.run }}`,
  `$\{{ inputs.a || 'b' }}`,
  '<< parameters.run >>',
  '!reference [.a, run]',
];
const words = (
  'istioctl install sh -c .a istio a=b \' " \\ \\x \\u00 | >- |2 $(run) $(params.x) {{.run}} {{ if $run # &x *x ' +
  '<<: [ ] { } ,'
).split(' ');
const blanks = ['\n', '\n  ', '\n    ', '\n- ', '\n  - ', '\r\n', ' ', '\t', ': ', '---\n'];

test('any text is read, and everything found lies within it', () => {
  const part = fc.oneof(
    fc.constantFrom(...keys).map(key => `\n${key}: `),
    fc.constantFrom(...keys).map(key => `\n  - ${key}: `),
    fc.constantFrom(...keys).map(key => `\n    ${key}:`),
    fc.constantFrom(...words, ...expressions),
    fc.constantFrom(...blanks),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), parts => void readsWithin(`istioctl: ${parts.join('')}`)),
    { numRuns: 3000 },
  );
});

test('any pipeline is read, with any letters missing or added', () => {
  const scalar = fc
    .array(fc.constantFrom(...words, ...expressions, 'istioctl install', '\n'), { maxLength: 6 })
    .map(parts => parts.join(' '));
  const { tree } = fc.letrec(tie => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      scalar,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 4 }),
    ),
  }));
  const edit = fc.tuple(fc.nat(1000), fc.nat(2), fc.constantFrom('', ' ', ...blanks, ...words));
  let found = 0;
  fc.assert(
    fc.property(tree, fc.boolean(), fc.array(edit, { maxLength: 3 }), (value, isJson, edits) => {
      const job = { strategy: { matrix: value }, env: value, steps: [{ run: 'istioctl' }, value] };
      let text = isJson ? JSON.stringify(job) : stringify(job);
      for (const [place, length, by] of edits) {
        const at = place % (text.length + 1);
        text = text.slice(0, at) + by + text.slice(at + length);
      }
      found += readsWithin(text);
    }),
    { numRuns: 3000 },
  );
  assert.ok(found > 1000, `only ${found} scripts were found`);
});

test('any string in a script is read', () =>
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom('|\n  ', '>\n  ', '', '"', "'"),
      (text, style) => void readsWithin(`run: ${style}istioctl ${text}`),
    ),
    { numRuns: 1000 },
  ));

const size = 1_000_000;
const repeat = (part: string): string => part.repeat(Math.ceil(size / part.length));
const steps = (part: string): string => `jobs:\n  a:\n    steps:\n${repeat(part)}`;

for (const [name, text] of Object.entries({
  'one line': `run: istioctl ${repeat('x')}`,
  blanks: `run: "istioctl ${repeat(' ')}"`,
  quotes: `run: 'istioctl ${repeat("''")}'`,
  escapes: `run: "istioctl ${repeat('\\x41')}"`,
  'one expression': `run: istioctl ${repeat(`$\{{ a }} `)}`,
  'different expressions': `run: |\n  istioctl\n${Array.from({ length: 50_000 }, (_, at) => `  $\{{ a+${at} }}\n`).join('')}`,
  'open expressions': `run: istioctl ${repeat('${{ ')}`,
  'open quotes in expressions': `run: istioctl ${repeat("${{ '")}`,
  'names without end': `run: istioctl ${repeat('$(a')}`,
  'blank lines': `run: |\n  istioctl\n${repeat('\n')}`,
  'folded lines': `run: >\n  istioctl\n${repeat('  a\n')}`,
  ampersands: `run: ${repeat('&')} |\n  istioctl\n`,
  steps: steps('    - run: istioctl install\n'),
  'steps with variables': steps('    - env: {A: istioctl}\n      run: $A\n'),
  words: `command: [istioctl${repeat(', a')}]`,
  variables: `env:\n${Array.from({ length: 30_000 }, (_, at) => `  A${at}: istioctl\n`).join('')}${steps('    - run: b\n')}`,
  'a variable of many expressions': `env:\n  A: ${repeat(`$\{{ a }}`)}\nrun: istioctl\n`,
  'jobs that extend each other': `.a: {script: [istioctl]}\n${Array.from({ length: 20_000 }, (_, at) => `j${at}: {extends: [.a, j${at + 1}, j${at + 2}]}\n`).join('')}`,
}))
  test(`a megabyte of ${name} takes less than five seconds`, () => {
    const start = performance.now();
    findShell(text, 'a');
    assert.ok(performance.now() - start < 5_000, `${Math.round(performance.now() - start)} ms`);
  });

test('values that double in every level do not grow without end', () => {
  const level = (at: number): string => `  V${at}: $V${at - 1}$V${at - 1}\n`;
  const text = `variables:\n  V0: istioctl\n${Array.from({ length: 60 }, (_, at) => level(at + 1)).join('')}a:\n  script: istioctl $V60\n`;
  const [session] = findShell(text, 'a').sessions;
  for (const values of session?.scripts[0]?.variables.values() ?? [])
    for (const { raw } of values) assert.ok(raw.length <= 10_000);
});

test('aliases and references that would expand without end come to one', () => {
  const levels = Array.from({ length: 20 }, (_, at) => `.a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`);
  readsWithin(`.a0: &a0 [istioctl]\n${levels.join('\n')}\nj:\n  script: *a20\n`);
  readsWithin(
    `.a: {script: [${'!reference [.a, script], '.repeat(20)}istioctl]}\nj:\n  script: !reference [.a, script]\n`,
  );
});
