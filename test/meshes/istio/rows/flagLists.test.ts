import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstallPlan } from '../../../../server/src/core/install';
import { at, command, installed, operatorText, planned, scripted } from '../fixture';
import { gapsOf, minorsOf } from './rows';

const table = {
  'a.yaml': operatorText('{profile: minimal, hub: a}'),
  'b.yaml': operatorText('{profile: minimal, tag: b}'),
};

const plan = (words: string, minor: number): InstallPlan =>
  planned(command(`istioctl manifest apply ${words}`), at(minor), table);

/** The first and the last minor version, the flags, and the image of istiod. */
const rows: readonly (readonly [number, number, flags: string, image: string])[] = [
  // --set is a list with commas in 1.4, and one value from 1.5 on
  [4, 4, '--set profile=minimal,hub=a,tag=b', 'a/pilot:b'],
  [4, 4, '--set profile=minimal --set hub=a,tag=b', 'a/pilot:b'],
  [5, 31, '--set profile=minimal --set hub=a,b', 'a,b/pilot:t'],
  [5, 31, '--set profile=minimal --set hub=a,tag=b', 'h/pilot:t'],
  // -f is one file in 1.4, and a list with commas from 1.5 on
  [4, 4, '-f a.yaml -f b.yaml', 'h/pilot:b'],
  [5, 31, '-f a.yaml -f b.yaml', 'a/pilot:b'],
  [5, 31, '-f a.yaml,b.yaml', 'a/pilot:b'],
];

for (const [first, last, flags, image] of rows)
  test(`1.${first} to 1.${last} ${flags} pulls ${image}`, () => {
    for (const minor of minorsOf(first, last))
      assert.equal(installed(plan(flags, minor))[0], image, `1.${minor}`);
  });

test('a file of 1.4 tells that commas part the values of --set', () => {
  const old = 'apiVersion: install.istio.io/v1alpha2\nkind: IstioControlPlane\nspec: {profile: minimal}\n';
  const fragment = command('istioctl manifest apply -f old.yaml --set hub=a,tag=b');
  assert.equal(installed(planned(fragment, {}, { 'old.yaml': old }))[0], 'a/pilot:b');
});

test('a value with a comma and two equals signs is refused from 1.5 on, and not in 1.4', () => {
  const flags = '--set profile=minimal --set hub=a,tag=b';
  assert.equal(gapsOf(plan(flags, 4)), '');
  for (const minor of minorsOf(5, 31)) assert.match(gapsOf(plan(flags, minor)), /exactly one equals sign/);
});

/** `istioctl install` with an IstioOperator on standard input. */
const withInput = (flags: string, minor: number | undefined): InstallPlan =>
  planned(
    scripted(`istioctl install ${flags}`, { '-': operatorText('{profile: minimal, tag: input}') }),
    minor === undefined ? {} : at(minor),
    table,
  );

const refused = /"stdin is only allowed as the last filename"; name - behind all other files/;

for (const flags of ['-f - -f a.yaml', '-f -,a.yaml', '-f - -f a.yaml -f -'])
  test(`${flags} is refused from 1.24 on`, () => {
    for (const minor of minorsOf(6, 23)) assert.equal(gapsOf(withInput(flags, minor)), '', `1.${minor}`);
    for (const minor of minorsOf(24, 31)) assert.match(gapsOf(withInput(flags, minor)), refused);
    assert.doesNotMatch(gapsOf(withInput(flags, undefined)), refused);
  });

test('standard input behind all files is fine in every version', () => {
  for (const minor of minorsOf(6, 31)) {
    const read = withInput('-f a.yaml -f -', minor);
    assert.deepEqual([installed(read), gapsOf(read)], [['a/pilot:input'], ''], `1.${minor}`);
  }
});

test('up to 1.23 standard input is read where it is named first', () => {
  assert.deepEqual(installed(withInput('-f - -f b.yaml -f -', 23)), ['h/pilot:b']);
});
