import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Site } from '../../../server/src/core/text';
import { lines, read, uri } from './show';

const pieces = fc.constantFrom(
  'istioctl install ',
  'istioctl upgrade -f - <<EOF\n',
  'kind: IstioOperator\nspec:\n  hub: $A\n',
  'EOF\n',
  '<<-E\n\t',
  'if a; then ',
  'fi\n',
  'else ',
  'for i in a b; do ',
  'done\n',
  'f() { ',
  '}\n',
  'f "$@"\n',
  'A=$A/$B ',
  'A=(x "$A")\n',
  'A+=y\n',
  '"${A[@]}" ',
  '${A:-',
  '$(',
  ')',
  '`',
  '"',
  "'",
  "$'",
  '\\\n',
  '\\',
  '|',
  '&& ',
  '|| ',
  '; ',
  'case $A in a) ',
  ';; esac\n',
  'source a.sh\n',
  'eval "',
  'bash -c "',
  '\r\n',
  '\u0000',
  '\uFEFF',
  '😀',
  '--set hub=',
);
const scripts = fc
  .array(fc.oneof({ weight: 8, arbitrary: pieces }, fc.string({ maxLength: 6 })), { maxLength: 40 })
  .map(parts => parts.join(''));

/** Every site within plain data. */
function* sitesIn(value: unknown): Generator<Site> {
  if (value instanceof Map) yield* sitesIn([...value.values()]);
  else if (Array.isArray(value)) for (const item of value) yield* sitesIn(item);
  else if (typeof value === 'object' && value !== null) {
    if ('uri' in value && 'span' in value) yield value as Site;
    for (const part of Object.values(value)) yield* sitesIn(part);
  }
}

test('any text is read, and every place lies in it', () => {
  fc.assert(
    fc.property(scripts, script => {
      for (const { uri: file, span } of sitesIn(read(`${script}\nistioctl install`))) {
        if (file !== uri) continue;
        assert.ok(0 <= span.start && span.start <= span.end && span.end <= script.length + 17);
      }
    }),
    { numRuns: 300 },
  );
});

test('an exact place holds the very text that is claimed', () => {
  fc.assert(
    fc.property(scripts, script => {
      const text = `${script}\nistioctl install "$A" $B`;
      for (const fragment of read(text)) {
        if (fragment.kind !== 'command') continue;
        for (const { traced } of fragment.words) {
          let at = 0;
          for (const { length, site, exact } of traced.stretches) {
            if (exact && site.uri === uri)
              assert.equal(text.slice(site.span.start, site.span.end), traced.raw.slice(at, at + length));
            at += length;
          }
          assert.equal(at, traced.raw.length);
        }
      }
    }),
    { numRuns: 300 },
  );
});

const large: readonly [what: string, text: string][] = [
  ['a script of 5 MB', 'istioctl install --set hub=a --set tag=b && echo x\n'.repeat(100_000)],
  ['a script of 5 MB with CRLF', 'A=$A/x; istioctl install --set hub=a\r\n'.repeat(130_000)],
  ['a line of 1 MB', `istioctl install ${'--set hub=a '.repeat(85_000)}`],
  ['a word of 1 MB', `istioctl install --set hub=${'a'.repeat(1_000_000)}`],
  ['open quotes', 'istioctl install "'.repeat(20_000)],
  ['open substitutions', 'istioctl install $('.repeat(20_000)],
  ['open heredocs', 'istioctl install -f - <<E\n'.repeat(20_000)],
  ['nested groups', `${'{ '.repeat(20_000)} istioctl install`],
  ['nested ifs', `${'if a; then '.repeat(3_000)} istioctl install`],
  ['a variable that doubles', `A=xx\n${'A=$A$A\n'.repeat(60)}istioctl install --set hub=$A`],
  ['many forks', `${'if a; then X=$X/a; else X=$X/b; fi\n'.repeat(500)}istioctl install --set hub=$X`],
  [
    'functions that call each other',
    `${Array.from({ length: 30 }, (_, i) => `f${i}() { f${i + 1}; f${i + 1}; }`).join('\n')}\nf30() { istioctl install; }\nf0`,
  ],
  ['zeros', `istioctl ${'\u0000'.repeat(100_000)}`],
];

for (const [what, text] of large)
  test(`ends: ${what}`, { timeout: 20_000 }, () => {
    assert.ok(read(text).length <= 1000);
  });

test('what zsh writes differently leaves the rest readable', () => {
  const script = 'setopt extendedglob\nprint -P "%F{red}x"\nfor f (a b) { print $f }\nistioctl install -y\n';
  assert.ok(lines(script).includes('istioctl install -y'));
});
