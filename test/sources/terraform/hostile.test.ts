import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { terraform } from '../../../server/src/sources/terraform/terraform';
import { tokensOf } from '../../../server/src/sources/terraform/tokens';
import { assertFast, assertReads, readAlone } from '../makefile/show';

const part = fc.constantFrom(
  ...[
    'resource "helm_release" "x" {',
    'chart = "istio/istiod"',
    'version = ',
    'values = [',
    'set {',
    'set = [',
  ],
  ...[
    'name = "global.hub"',
    'value = ',
    'locals {',
    'variable "v" {',
    'default = ',
    'v = ',
    'local.v',
    'var.v',
  ],
  ...[
    'provisioner "local-exec" {',
    'command = ',
    'istioctl install --set tag=',
    'yamlencode(',
    'file(',
    'merge(',
  ],
  ...[
    'resource "kubectl_manifest" "x" {',
    'yaml_body = ',
    'kind: IstioOperator',
    'global:\n  hub: ',
    'for_each = ',
  ],
  ...[
    '"',
    '"1"',
    '${',
    '%{',
    '}',
    '{',
    '[',
    ']',
    '(',
    ')',
    ',',
    '=',
    '=>',
    '?',
    ':',
    '.',
    '.0',
    '[0]',
    '*',
    '...',
  ],
  ...[
    '<<EOT\n',
    '<<-EOT\n',
    'EOT',
    '\n',
    '\r\n',
    '\\',
    '\\"',
    '\\u0041',
    '$${',
    '~',
    '#',
    '//',
    '/*',
    '*/',
    ' ',
  ],
  ...[
    'for a, b in ',
    'for a in ',
    ' if ',
    'each.key',
    'each.value',
    'toset(',
    'dynamic "set" {',
    'content {',
    '\uFEFF',
  ],
);

const texts = fc
  .array(fc.oneof({ weight: 9, arbitrary: part }, fc.string({ maxLength: 4 })), {
    maxLength: 60,
    size: 'max',
  })
  .map(parts => parts.join(''));

test('any text is read, and every site lies within it', () => {
  fc.assert(
    fc.property(texts, text => assertReads(terraform, text)),
    { numRuns: 2000 },
  );
});

test('a release is read whatever stands in it, and every site lies within the text', () => {
  fc.assert(
    fc.property(texts, texts, (inside, behind) => {
      const text = `resource "helm_release" "x" {\n  chart = "istio/istiod"\n${inside}\n}\n${behind}`;
      assertReads(terraform, text);
    }),
    { numRuns: 2000 },
  );
});

test('tokens stand in order, and say what is written', () => {
  fc.assert(
    fc.property(texts, text => {
      let at = 0;
      for (const { kind, text: said, start, end } of tokensOf(text)) {
        assert.ok(start >= at && end >= start && end <= text.length);
        if (kind === 'word' || kind === 'mark') assert.equal(text.slice(start, end), said);
        at = end;
      }
    }),
    { numRuns: 1000 },
  );
});

test('a value is where it is written, whatever stands before it', () => {
  fc.assert(
    fc.property(texts, before => {
      const text = `${before}\nresource "helm_release" "it" {\n  chart   = "istio/istiod"\n  version = "1.2.3"\n}\n`;
      const words = readAlone(terraform, text).flatMap(one => (one.kind === 'command' ? one.words : []));
      for (const { text: said, site } of words)
        if (said.kind === 'literal' && said.value === '1.2.3')
          assert.equal(text.slice(site.span.start, site.span.end), '1.2.3');
    }),
    { numRuns: 500 },
  );
});

test('a value that is added takes no other install away, and arrives', () => {
  fc.assert(
    fc.property(texts, inside => {
      const text = `resource "helm_release" "x" {\n  chart = "istio/istiod"\n${inside}\n}\n`;
      const before = readAlone(terraform, text);
      const [release] = before;
      if (release?.kind !== 'command') return;
      const added = terraform.append?.(text, release, ['global', 'hub'], 'added.example/hub');
      if (added === undefined) return;
      const after = text.slice(0, added.span.start) + added.newText + text.slice(added.span.end);
      assertReads(terraform, after);
      assert.ok(after.includes('added.example/hub'));
      assert.equal(readAlone(terraform, after)[0]?.kind, 'command');
    }),
    { numRuns: 1000 },
  );
});

const head = 'resource "helm_release" "x" {\n  chart = "istio/istiod"\n  values = ';
const million = 1_000_000;

for (const [name, text] of [
  ['brackets', `${head}${'['.repeat(million)}`],
  ['braces', `${head}${'{a='.repeat(million)}`],
  ['calls', `${head}${'f('.repeat(million)}`],
  ['loops', `${head}${'[for a in '.repeat(300_000)}`],
  ['blocks', 'a {'.repeat(million)],
  ['choices', `${head}${'a ? '.repeat(million)}`],
  ['steps', `${head}a${'.a'.repeat(million)}`],
  ['indexes', `${head}${'a['.repeat(million)}`],
  ['signs', `${head}${'-'.repeat(million)}`],
  ['quotes', `${head}${'"'.repeat(million)}`],
  ['open templates', `${head}${'"${'.repeat(million)}`],
  ['open templates in lines', `${head}${'"${\n'.repeat(million)}`],
  ['templates', `${head}"${'${"'.repeat(300_000)}${'"}'.repeat(300_000)}"`],
  ['open here-documents', `${head}${Array.from({ length: 300_000 }, (_, at) => `<<A${at}\n`).join('')}`],
  ['here-documents', `${head}[${'<<A\nx\nA\n,'.repeat(300_000)}]`],
  ['a long here-document', `${head}[<<-A\n${'  a: ${b}\n'.repeat(300_000)}A\n]`],
  ['comments', `${head}${'/*'.repeat(million)}`],
  ['settings', `${head}[]\n${'set {\nname = "a"\nvalue = "b"\n}\n'.repeat(100_000)}}`],
  ['locals that double', `locals {\n  a0 = "aaaa"\n${doubling(60)}}\n${head}[local.a60]\n}`],
  ['maps that double', `locals {\n  a0 = { a = 1 }\n${growing(60)}}\n${head}[yamlencode(local.a60)]\n}`],
  ['releases', `${head}[]\n}\n`.repeat(50_000)],
  [
    'scripts',
    'resource "x" "y" {\n  provisioner "local-exec" {\n    command = "istioctl install"\n  }\n}\n'.repeat(
      20_000,
    ),
  ],
] as const)
  test(`a large text is read fast: ${name}`, () => assertFast(() => readAlone(terraform, text)));

function doubling(count: number): string {
  return Array.from({ length: count }, (_, at) => `  a${at + 1} = "\${local.a${at}}\${local.a${at}}"\n`).join(
    '',
  );
}

function growing(count: number): string {
  return Array.from(
    { length: count },
    (_, at) => `  a${at + 1} = { a = local.a${at}, b = local.a${at} }\n`,
  ).join('');
}

test('a file of five megabytes that people wrote is read within two seconds', () => {
  const others =
    'resource "aws_subnet" "a" {\n  vpc_id = aws_vpc.x.id\n  tags = merge(local.tags, { Name = "${var.name}-a" })\n}\n';
  const text = `${others.repeat(Math.ceil((5 * million) / others.length))}${head}[]\n}\n`;
  const start = performance.now();
  assert.equal(readAlone(terraform, text).length, 1);
  assert.ok(performance.now() - start < 2000, `${performance.now() - start} ms`);
});
