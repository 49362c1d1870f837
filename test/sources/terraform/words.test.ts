import assert from 'node:assert/strict';
import { test } from 'node:test';
import { terraform } from '../../../server/src/sources/terraform/terraform';
import { showCommands } from '../makefile/show';

/** A release of the chart istiod with further lines in it, and other blocks behind it. */
const release = (lines: string, others = '') =>
  `resource "helm_release" "x" {\n  chart = "istio/istiod"\n${lines}\n}\n${others}`;

const implied = 'helm@helm_release upgrade@helm_release --install@helm_release istio/istiod';

/** The words behind those that every release has; each with the text where it is written, if that is another one. */
const words = (name: string, lines: string, expected: string, others = '') =>
  test(name, () => {
    const shown = showCommands(terraform, release(lines, others));
    assert.deepEqual(shown, [expected === '' ? implied : `${implied} ${expected}`]);
  });

words('nothing more', '', '');
words('a version', 'version = "1.20.3"', '--version@version 1.20.3');
words('a version in a comment', '# version = "1"\n// version = "2"\n/* version = "3" */', '');
words('the last one counts', 'version = "1"\nversion = "2"', '--version@version 2');
words('null is as if it were not there', 'version = null', '');
words('a number', 'version = 1.10', '--version@version 1.1@1.10');
words('what is no number', 'version = 1.14.5', '--version@version ?${1.14.5}@1.14.5');
words('blanks', '\tversion\t=\t"1"   # x', '--version@version 1');
words('CRLF', 'version = "1"\r\n  devel = true\r', '--version@version 1');

words('a variable', 'version = var.v', '--version@version 1', 'variable "v" {\n  default = "1"\n}');
words(
  'a variable in a template',
  'version = "${var.v}.3"',
  '--version@version 1.3@${var.v}.3',
  'variable "v" {\n  default = "1"\n}',
);
words(
  'the only part of a template',
  'version = "${var.v}"',
  '--version@version 1',
  'variable "v" {\n  default = "1"\n}',
);
words(
  'a part of a variable',
  'version = var.v.istio',
  '--version@version 1',
  'variable "v" {\n  default = { istio = "1" }\n}',
);
words(
  'a variable without a default',
  'version = var.v',
  '--version@version ?${var.v}@var.v',
  'variable "v" {}',
);
words('a local', 'version = local.v', '--version@version 1', 'locals {\n  v = "1"\n}');
words(
  'locals of locals',
  'version = local.v',
  '--version@version 1.2@${local.a}.${local.b}',
  'locals {\n  a = "1"\n  b = 2\n  v = "${local.a}.${local.b}"\n}',
);
words(
  'a local of itself',
  'version = local.v',
  '--version@version ?${local.v}@local.v',
  'locals {\n  v = local.v\n}',
);
words(
  'an entry by its key',
  'version = local.v["a-b"]',
  '--version@version 1',
  'locals {\n  v = { "a-b" = "1" }\n}',
);
words(
  'an item by its number',
  'version = local.v[1]',
  '--version@version 2',
  'locals {\n  v = ["1", "2"]\n}',
);
words(
  'an entry that is not there',
  'version = local.v.c',
  '--version@version ?${local.v.c}@local.v.c',
  'locals {\n  v = { a = 1 }\n}',
);
words(
  'what another release says',
  'version = helm_release.base.version',
  '--version@version 1',
  'resource "helm_release" "base" {\n  version = "1"\n}',
);
words(
  'one of several releases',
  'version = helm_release.base[0].version',
  '--version@version 1',
  'resource "helm_release" "base" {\n  version = "1"\n}',
);
words('what is known later', 'version = module.m.v', '--version@version ?${module.m.v}@module.m.v');
words(
  'a choice that is known',
  'version = var.v == "a" ? "1" : "2"',
  '--version@version 1',
  'variable "v" {\n  default = "a"\n}',
);
words('a switch', 'version = local.v ? "1" : "2"', '--version@version 2', 'locals {\n  v = false\n}');
words(
  'a choice that is not known',
  'version = var.v ? "1" : "2"',
  '--version@version ?${…}@var.v ? "1" : "2"',
);
words('escapes', 'version = "a\\"b\\\\c\\u0041\\n"', '--version@version a"b\\cA\n@a\\"b\\\\c\\u0041\\n');
words('signs that are doubled', 'version = "$${a}%%{b}"', '--version@version ${a}%{b}@$${a}%%{b}');
words(
  'a name in quotes within braces',
  'version = "${local.v["a"]}-x"',
  '--version@version 1-x@${local.v["a"]}-x',
  'locals {\n  v = { a = "1" }\n}',
);
words(
  'a template within a template',
  'version = "${"1.${local.v}"}"',
  '--version@version 1.2@1.${local.v}',
  'locals {\n  v = "2"\n}',
);
words('format', 'version = format("%s.%d", "1", 2)', '--version@version 1.2@format("%s.%d", "1", 2)');
words(
  'join',
  'version = join(".", ["1", local.v])',
  '--version@version 1.2@join(".", ["1", local.v])',
  'locals {\n  v = 2\n}',
);
words(
  'join with what is not known',
  'version = join(".", ["1", var.v])',
  '--version@version ?${…}@join(".", ["1", var.v])',
);
words(
  'lookup',
  'version = lookup(local.v, "b", "3")',
  '--version@version 3',
  'locals {\n  v = { a = "1" }\n}',
);
words('try', 'version = try(var.v, "1")', '--version@version 1');
words('coalesce', 'version = coalesce(null, "1")', '--version@version 1');
words('another function', 'version = random("1")', '--version@version ?${…}@random("1")');
words(
  'a directive',
  'version = "%{ if var.a }1%{ endif }"',
  '--version@version ?${…}@"%{ if var.a }1%{ endif }"',
);
words(
  'blanks that are taken away',
  'version = "a ${~ local.v ~} b"',
  '--version@version a1b@a ${~ local.v ~} b',
  'locals {\n  v = "1"\n}',
);
words('a here-document', 'version = <<EOT\n1\nEOT', '--version@version 1\n');

words(
  'set',
  'set {\n  name = "global.hub"\n  value = "h"\n}',
  '--set@global.hub global.hub=h@global.hub"\n  value = "h',
);
words('set in one line', 'set { name = "a", value = "b" }', '--set@a a=b@a", value = "b');
words(
  'set with a type',
  'set {\n  name = "a"\n  value = "1"\n  type = "string"\n}',
  '--set-string@a a=1@a"\n  value = "1',
);
words(
  'a list of settings',
  'set = [{ name = "a", value = 1 }, { name = "b", value = true }]',
  '--set@a a=1@a", value = 1 --set@b b=true@b", value = true',
);
words(
  'a list that has none',
  'set_list {\n  name = "a"\n  value = ["b", "c"]\n}',
  '--set@a a={b,c}@a"\n  value = ["b", "c',
);
words('a secret', 'set_sensitive {\n  name = "a"\n  value = "b"\n}', '--set@a ?a=${…}@a');
words(
  'settings for each',
  'dynamic "set" {\n  for_each = { a = 1, b = 2 }\n  content {\n    name = set.key\n    value = set.value\n  }\n}',
  '--set@a a=1@set.key\n    value = set.value --set@b b=2@set.key\n    value = set.value',
);
words(
  'settings that are not known',
  'dynamic "set" {\n  for_each = var.a\n  content {\n    name = set.key\n  }\n}',
  '--set@dynamic "set" {\n  for_each = var.a\n  content {\n    name = set.key\n  }\n} ?${…}@dynamic "set" {\n  for_each = var.a\n  content {\n    name = set.key\n  }\n}',
);
words('values of the release before', 'reuse_values = true', '--reuse-values@helm_release');

words(
  'a file of values',
  'values = [file("${path.module}/v.yaml")]',
  '-f@path.module ./v.yaml@${path.module}/v.yaml',
);
words('a file in a template', 'values = ["${file("v.yaml")}"]', '-f@v.yaml v.yaml');
words('a file that is not known', 'values = [file(var.f)]', '-f@var.f ?${var.f}@var.f');
words('values that are not known', 'values = var.v', '-f@var.v values@var.v');

test('a name is told, and a repository that is a folder comes before the chart', () => {
  const text =
    'resource "helm_release" "x" {\n  name = "istiod"\n  chart = "istiod"\n  repository = "./a"\n}';
  assert.deepEqual(showCommands(terraform, text), [
    'helm@helm_release upgrade@helm_release --install@helm_release --name@name istiod ./a/istiod@istiod"\n  repository = "./a',
  ]);
});

test('one command for each value', () => {
  const text = release('for_each = toset(["a", "b"])\nversion = each.key');
  const [first, second, ...others] = showCommands(terraform, text);
  assert.equal(first, `${implied} --version@version a`);
  assert.equal(second, `${implied} --version@version b`);
  assert.deepEqual(others, []);
});

test('of many values those that install a chart of Istio count, and no more than eight of them', () => {
  const charts = Array.from({ length: 20 }, (_, index) => `c${index} = { chart = "istio/istiod" }`).join(
    '\n',
  );
  const text = `resource "helm_release" "x" {\n  for_each = {\n    redis = { chart = "redis" }\n${charts}\n  }\n  chart = each.value.chart\n}\n`;
  assert.equal(showCommands(terraform, text).length, 8);
});

test('each of many values that nobody knows is one command', () => {
  assert.deepEqual(showCommands(terraform, release('for_each = var.a\nversion = each.value')), [
    `${implied} --version@version ?\${each.value}@each.value`,
  ]);
});

for (const [name, text] of [
  ['a chart of others', 'resource "helm_release" "istio" {\n  chart = "redis"\n}'],
  ['a chart that is not known', 'resource "helm_release" "istio" {\n  chart = var.istio\n}'],
  ['none of them', release('count = 0')],
  ['a module', 'module "istio" {\n  source = "x/helm_release"\n  chart = "istio/istiod"\n}'],
  ['a comment', `/*\n${release('')}*/`],
  ['a here-document', `locals {\n  x = <<EOT\n${release('')}\nEOT\n}`],
] as const)
  test(`no install: ${name}`, () => assert.deepEqual(showCommands(terraform, text), []));

test('what is left open does not swallow the next block', () => {
  for (const open of ['values = [', 'version = "${', 'set {', 'x = <<EOT', 'version = "1', 'a = { b = (']) {
    const text = `resource "x" "y" {\n  ${open}\n\n${release('version = "1"')}`;
    assert.deepEqual(showCommands(terraform, text), [`${implied} --version@version 1`], open);
  }
});

for (const [name, is] of [
  ['main.tf', true],
  ['istio.tofu', true],
  ['variables.tf.json', false],
  ['terraform.tfvars', false],
  ['notf', false],
] as const)
  test(`${name} is ${is ? '' : 'not '}read`, () => assert.equal(terraform.fileNames.test(name), is));
