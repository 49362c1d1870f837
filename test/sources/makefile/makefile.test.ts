import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makefile } from '../../../server/src/sources/makefile/makefile';
import { sessionsOf } from '../../../server/src/sources/makefile/sessions';
import { assertFast, assertReads, assertTraced, showCommands, showTraced } from './show';

const alone = (reference: string) => ({ uri: `file:///${reference}`, text: undefined });
const scriptsIn = (text: string) => sessionsOf(text, 'file:///Makefile', alone).flat();

/** A makefile and the scripts of its recipes; `<text: why>` is a value that is not known. */
const runs = (name: string, text: string, ...scripts: readonly string[]) =>
  test(name, () =>
    assert.deepEqual(
      scriptsIn(text).map(script => showTraced(script.text, text)),
      scripts,
    ),
  );

const rule = (line: string): string => `x:\n\t${line}\n`;

runs('lines of a recipe', 'a: b\n\tx\n\ty\nb:\n', 'x', 'y');
runs('a recipe on the line of its rule', 'a: b ; x\n\ty\n', ' x', 'y');
runs('marks', rule('@-+ a'), 'a');
runs('a line that goes on', rule('a \\\n\t\tb'), 'a \\\n\tb');
runs('a mark is taken away at the start only', rule('a \\\n\t-b'), 'a \\\n-b');
runs('CRLF and a byte order mark', '\uFEFFV = 1\r\nx:\r\n\ta $(V) \\\r\n\tb\r\n', 'a 1 \\\nb');
runs('no recipe', 'a:\nX = 1\n\tb\n', 'b');
runs('a comment in a recipe is left to the shell', rule('# $(A)'), '# ${A}');
runs('two kinds of brackets', `A = 1\n${rule('$(A) ${A}')}`, '1 1');
runs('within single quotes', `A = 1\n${rule("'$(A)'")}`, "'1'");
runs('a doubled dollar', rule('$$A $${B}'), '$A ${B}');
runs('the last definition counts', `A = 1\n${rule('$(A)')}A = 2\n`, '2');
runs('a value at once', `A := 1\nB := $(A)\nA := 2\n${rule('$(B)')}`, '1');
runs('a value later', `A = 1\nB = $(A)\nA = 2\n${rule('$(B)')}`, '2');
runs('posix', `A ::= 1\nB :::= 2\n${rule('$(A)$(B)')}`, '12');
runs('a default', `A ?= 1\nA ?= 2\n${rule('$(A)')}`, '1');
runs('more words', `A = 1\nA += 2\n${rule('$(A)')}`, '1 2');
runs('export and override', `export A = 1\noverride B := 2\n${rule('$(A)$(B)')}`, '12');
runs('a comment after a value', `A = 1 # c\n${rule('$(A)b')}`, '1b');
runs('a value over lines', `A = 1 \\\n   2\n${rule('$(A)')}`, '1 2');
runs('what stands between define and endef', `define A\n@a\nb\nendef\n${rule('$(A)')}`, 'a\nb');
runs('a call', `f = a $(1)-$(2)\n${rule('$(call f,x,y)')}`, 'a x-y');
runs('a variable of one target', 'A = 1\nx: A = 2\nx:\n\t$(A)\ny:\n\t$(A)\n', '2', '1');
runs('the folder of the makefile', `D := $(shell pwd)\n${rule('$(D) $(CURDIR)')}`, '. .');
runs('the path of a tool', `I := $(shell which istioctl)\n${rule('$(I)')}`, 'istioctl');
runs('a variable that hides a line', rule('$(Q)istioctl'), 'istioctl');
runs('what is needed comes first', 'a: b\n\tx\nb:\n\ty\n', 'y', 'x');
runs('one shell', '.ONESHELL:\nx:\n\t@a\n\t- b\n', 'a\n- b');
runs('.RECIPEPREFIX', '.RECIPEPREFIX = >\nx:\n>a\n', 'a');

/** A line of a recipe, and what is not known in it. */
const leavesOpen = (line: string, name: string, why: string, before = '') =>
  test(`not known: ${line}`, () => {
    const [script] = scriptsIn(before + rule(line));
    const [value] = script?.variables.get(name) ?? [];
    assert.equal(value?.stretches[0]?.why, why);
    assert.match(script?.text.raw ?? '', new RegExp(`\\$\\{${name}\\}`));
  });
leavesOpen('istioctl $(A)', 'A', 'it is given to make from outside');
leavesOpen('istioctl $(A)', 'A', 'it is the output of a command', 'A != date\n');
leavesOpen('istioctl x$(B)y', 'A', 'it is given to make from outside', 'B = --hub=$(A) -y\n');
leavesOpen('istioctl $(A)', 'A', 'it is defined by itself', 'A = $(A)\n');
leavesOpen('istioctl $@', '__value_0', 'make sets it for each target');
leavesOpen('istioctl $(shell date)', '__value_0', 'it is the output of a command');
leavesOpen('istioctl $(subst a,b,c)', '__value_0', 'make works it out');
leavesOpen('istioctl $(A', 'A', 'its bracket is never closed');

/** The values that `A` may have after some lines. */
const mayBe = (name: string, lines: string, ...values: readonly string[]) =>
  test(name, () => {
    const text = `${lines}\n${rule('a $(A)')}`;
    const [script] = scriptsIn(text);
    assert.equal(script?.text.raw, values.length === 1 ? `a ${values[0]}` : 'a ${A}');
    assert.deepEqual(
      script?.variables.get('A')?.map(value => showTraced(value, text)),
      values,
    );
  });
mayBe('both branches', 'ifeq ($(X),)\nA = 1\nelse\nA = 2\nendif', '1', '2');
mayBe('three branches', 'ifdef X\nA = 1\nelse ifdef Y\nA = 2\nelse\nA = 3\nendif', '1', '2', '3');
mayBe('a branch that may not hold', 'A = 1\nifdef X\nA = 2\nendif', '1', '2');
mayBe('a default in a branch', 'ifndef A\nA = 1\nendif', '1');
mayBe(
  'branches within branches',
  'ifdef X\nifdef Y\nA = 1\nelse\nA = 2\nendif\nelse\nA = 3\nendif',
  '1',
  '2',
  '3',
);
mayBe('words that only a branch adds', 'A = 1\nifdef X\nA += 2\nendif', '1', '1 2');

test('a value is written where it was defined, and says from where it was used', () => {
  const text = 'V = 1.14.1\nI = istio-$(V)/bin/istioctl\nx:\n\t$(I) install --set tag=$(V)\n';
  assert.deepEqual(showCommands(makefile, text), [
    'istio-1.14.1/bin/istioctl@istio-$(V)/bin/istioctl install --set tag=1.14.1@tag=$(V)',
  ]);
  const [script] = scriptsIn(text);
  const version = script?.text.stretches.at(-1)?.site;
  assert.equal(text.slice(version?.span.start, version?.span.end), '1.14.1');
  assert.equal(text.slice(version?.via?.[0]?.span.start, version?.via?.[0]?.span.end), '$(V)');
});

test('an included file gives variables, once, and no recipes', () => {
  const files: Readonly<Record<string, string>> = { 'a.mk': 'include a.mk\nV = 1.14.1\ny:\n\tb\n' };
  const open = (reference: string, directory: string) => ({
    uri: directory + reference,
    text: files[reference],
  });
  const [script, ...others] = sessionsOf(
    '-include a.mk b.mk\nx:\n\ta $(V)\n',
    'file:///m/Makefile',
    open,
  ).flat();
  assert.equal(script?.text.raw, 'a 1.14.1');
  assert.equal(script?.text.stretches.at(-1)?.site.uri, 'file:///m/a.mk');
  assert.deepEqual(others, []);
});

test('rules that need nothing of one another are apart', () => {
  const names = (text: string) =>
    sessionsOf(text, 'file:///Makefile', alone).map(session => session.map(script => script.text.raw));
  assert.deepEqual(names('all: a b\na:\n\tx\nb:\n\ty\n'), [['x'], ['y']]);
  assert.deepEqual(names('a: p\n\tx\np: b\nb:\n\ty\n'), [['y', 'x']]);
});

test('any text is read, and every site lies within it', () => {
  const part = fc.constantFrom(
    ...[
      'x:',
      '\n\t',
      '\n',
      '\r\n',
      'A',
      'B',
      ' = ',
      ' := ',
      ' += ',
      ' ?= ',
      '!=',
      '$(A)',
      '${B}',
      '$$',
      '$@',
      '$(',
      ')',
    ],
    ...[
      'istioctl install',
      ' --set tag=',
      '\\\n',
      '#',
      '@',
      "'",
      '"',
      'define A\n',
      'endef\n',
      'ifeq (a,b)\n',
      'else\n',
    ],
    ...[
      'endif\n',
      '$(shell a)',
      '$(call A,b)',
      '$(1)',
      'include a\n',
      ':',
      ';',
      ' ',
      '<<EOF\n',
      'EOF',
      '\uFEFF',
      '$(B:a=b)',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 4 })), { maxLength: 40 }), parts => {
      const text = parts.join('');
      for (const { text: script, variables } of scriptsIn(text))
        for (const traced of [script, ...[...variables.values()].flat()]) assertTraced(traced, text);
      assertReads(makefile, text);
    }),
    { numRuns: 500 },
  );
});

for (const [name, text] of [
  ['one line', rule(`istioctl ${'x'.repeat(1e6)}`)],
  ['many lines', rule('istioctl a \\\n\t').repeat(200_000)],
  ['empty lines', `istioctl${'\n'.repeat(2e6)}`],
  [
    'values that double',
    `${Array.from({ length: 60 }, (_, i) => `A${i} = $(A${i + 1})$(A${i + 1})`).join('\n')}\nx:\n\t$(A0)`,
  ],
  ['calls that double', `f = $(call f,$(1))$(call f,$(1))\n${rule('$(call f,a)')}`],
  ['open brackets', `x:\n\t${'$('.repeat(500_000)}`],
  ['conditionals that are never closed', 'ifdef X\nA = 1\n'.repeat(100_000)],
] as const)
  test(`a large makefile: ${name}`, () => assertFast(() => scriptsIn(text)));
