import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkJunit } from '../../../server/src/cli/report/junit';
import { printable } from '../../../server/src/core/words';
import { meshfit } from '../../support/commandLine';
import { reportOf } from '../../support/report';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const decoded = (text: string) =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (_, number, name) =>
    number === undefined ? (entities[name] ?? assert.fail(name)) : String.fromCodePoint(Number(number)),
  );

/** Reads XML without comments and the like; whatever else is not well-formed (XML 1.0 section 2) is an error. */
function xml(text: string): Element {
  assert.doesNotMatch(text, /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const [declaration = ''] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(text) ?? [];
  const token = /<(\/?)(\w+)((?: \w+="[^"<\t\n\r]*")*)(\/?)>|([^<>]+)/gy;
  token.lastIndex = declaration.length;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text) ?? assert.fail(`not XML: ${text.slice(at, at + 80)}`);
    const [, close, name, attributes = '', empty, content] = match;
    const inner = open.at(-1) ?? assert.fail('text behind the end');
    assert.doesNotMatch(content ?? attributes, /&(?!#\d+;|\w+;)/);
    if (content !== undefined) inner.text += decoded(content);
    else if (close) assert.equal(open.pop()?.name, name);
    else {
      const read = [...attributes.matchAll(/(\w+)="(.*?)"/g)].map(([, key, value = '']) => [
        key,
        decoded(value),
      ]);
      const element = { name: name ?? '', attributes: Object.fromEntries(read), children: [], text: '' };
      inner.children.push(element);
      if (!empty) open.push(element);
    }
  }
  assert.deepEqual([open.length, root.children.length], [1, 1]);
  return root.children[0] ?? assert.fail();
}

/** The cases of all suites by name, each with the element that tells how it ended. */
const casesOf = (text: string) =>
  xml(text).children.flatMap(suite =>
    suite.children.map(({ attributes, children }) => ({
      suite: suite.attributes.name,
      name: attributes.name,
      outcome: children[0]?.name ?? 'passed',
      message: children[0]?.attributes.message,
      type: children[0]?.attributes.type,
    })),
  );

const name = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.stringMatching(/^[<>&"'\]\t\r\n;#x0a ]+$/),
);
/** Also halves of surrogate pairs, which no file has in its name. */
const message = fc.oneof(
  name,
  fc.array(fc.integer({ min: 0, max: 0xffff })).map(units => String.fromCharCode(...units)),
);

test('every message and every file name is read back', () =>
  fc.assert(
    fc.property(message, name, (message, file) => {
      const [only] = casesOf(checkJunit(reportOf({ message, file })));
      assert.deepEqual([only?.message, only?.suite], [held(printable(message)), held(file)]);
    }),
  ));

/** A text as XML can hold it. */
const held = (text: string) =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');

test('a finding fails its case, and what could not be decided is skipped', () => {
  const found = { suite: 'a.yaml', name: 'IstioOperator', message: 'It is so.' };
  const message = found.message;
  assert.deepEqual(casesOf(checkJunit(reportOf({ message }))), [
    { ...found, outcome: 'failure', type: 'image-invalid' },
  ]);
  assert.deepEqual(casesOf(checkJunit(reportOf({ message, undecided: true }))), [
    { ...found, outcome: 'skipped', type: undefined },
  ]);
});

test('an install fails with what it shares with another one, and the figures add up', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'meshfit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const install = 'kind: IstioOperator\nspec:\n  profile: minimal\n  tag: 1.14.1\n';
  writeFileSync(join(folder, 'iop.yaml'), `${install}---\n${install.replace('1.14.1', '1.24.0')}`);
  writeFileSync(join(folder, 'up.sh'), 'istioctl install -f iop.yaml\n');
  const { stdout, status } = await meshfit(['check', '.', '--offline', '--format', 'junit'], folder);
  assert.equal(status, 1);
  assert.deepEqual(
    casesOf(stdout).map(({ suite, name, outcome }) => `${suite} ${name}: ${outcome}`),
    [
      'iop.yaml IstioOperator: failure',
      'iop.yaml IstioOperator (2): passed',
      'up.sh istioctl install: failure',
    ],
  );
  const { tests, failures, errors, skipped } = xml(stdout).attributes;
  assert.deepEqual([tests, failures, errors, skipped], ['3', '2', '0', '0']);
});

test('where there is no install, there is no case', async () => {
  const { stdout } = await meshfit(['check', 'LICENSE', '--offline', '--format', 'junit']);
  assert.deepEqual(casesOf(stdout), []);
});
