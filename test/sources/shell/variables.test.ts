import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteOfTraced, sliceTraced } from '../../../server/src/core/traced';
import { commands, lines, textAt } from './show';

const install = 'istioctl install --set hub=';

const rows: readonly [what: string, script: string, ...values: string[]][] = [
  ['$X', 'X=a\nistioctl install --set hub=$X', 'a'],
  ['${X}', 'X=a\nistioctl install --set hub=${X}/b', 'a/b'],
  ['export', 'export X=a\nistioctl install --set hub=$X', 'a'],
  [
    'declare, local and readonly',
    'readonly X=a; f() { local Y=$X/b; istioctl install --set hub=$Y; }; f',
    'a/b',
  ],
  ['a default', 'istioctl install --set hub=${X:-a}', 'a'],
  ['a default that is assigned', ': "${X:=a}"\nistioctl install --set hub=$X', 'a'],
  ['a default of an argument', 'X=${1:-a}\nistioctl install --set hub=$X', 'a'],
  ['a default of a variable from outside', 'X=$Y\nistioctl install --set hub=${X:-a}', 'a'],
  ['a default within a default', 'istioctl install --set hub=${X:-${Y:-a}}', 'a'],
  ['no default where it is set', 'X=b\nistioctl install --set hub=${X:-a}', 'b'],
  ['an alternative', 'X=b\nistioctl install --set hub=${X:+a}', 'a'],
  ['the last assignment', 'X=b\nX=a\nistioctl install --set hub=$X', 'a'],
  ['not a later one', 'X=a\nistioctl install --set hub=$X\nX=b', 'a'],
  ['appending', 'X=a\nX+=b\nistioctl install --set hub=$X', 'ab'],
  ['a variable in a variable', 'X=a\nY=$X/b\nistioctl install --set hub=$Y', 'a/b'],
  ['a variable that refers to itself', 'X=a\nX=$X/b\nistioctl install --set hub=$X', 'a/b'],
  ['from outside', 'istioctl install --set hub=$X', '<$X>'],
  ['an argument', 'istioctl install --set hub=$1', '<$1>'],
  ['the output of a command', 'X=$(get-hub)\nistioctl install --set hub=$X', '<$(get-hub)>'],
  ['what echo prints', 'X=$(echo a)\nistioctl install --set hub=$X', 'a'],
  ['what printf prints', `X=$(printf '%s/%s' a b)\nistioctl install --set hub=$X`, 'a/b'],
  ['without its beginning', 'X=va\nistioctl install --set hub=${X#v}', 'a'],
  ['without its end', 'X=1.14.1\nistioctl install --set hub=${X%.*}', '1.14'],
  ['without the longest beginning', 'X=a/b/c\nistioctl install --set hub=${X##*/}', 'c'],
  ['replaced', 'X=1.14.1\nistioctl install --set hub=${X//./-}', '1-14-1'],
  ['a part', 'X=1.14.1\nistioctl install --set hub=${X:0:4}', '1.14'],
  ['in lower case', 'X=A\nistioctl install --set hub=${X,,}', 'a'],
  ['read by the script', 'read X\nistioctl install --set hub=$X', '<$X>'],
  ['unset', 'X=a; unset X\nistioctl install --set hub=$X', '<$X>'],
  ['single quotes keep a dollar sign', "istioctl install --set hub='$X'", '$X'],
  ['a subshell changes nothing', 'X=a; (X=b); istioctl install --set hub=$X', 'a'],
  ['a prefix does not count in the same line', 'X=a; X=b istioctl install --set hub=$X', 'a'],
  ['set --', 'set -- a\nistioctl install --set hub=$1', 'a'],
  ['shift', 'set -- b a; shift\nistioctl install --set hub=$1', 'a'],
];

for (const [what, script, ...values] of rows)
  test(`value: ${what}`, () => {
    const found = lines(script).map(line => line.replace(install, '').replace(/^<(?:hub=)?(.*)>$/, '<$1>'));
    assert.deepEqual(
      found.map(line => line.replace('istioctl install --set <hub=', '<')),
      values,
    );
  });

const lists: readonly [what: string, script: string, expected: string][] = [
  ['an array', 'A=(--set hub=a -y)\nistioctl install "${A[@]}"', 'istioctl install --set hub=a -y'],
  [
    'an array that grows',
    'A=(--set hub=a)\nA+=(-y)\nistioctl install "${A[@]}"',
    'istioctl install --set hub=a -y',
  ],
  ['an array in an array', 'A=(-y)\nB=(install "${A[@]}")\nistioctl "${B[@]}"', 'istioctl install -y'],
  ['an item', 'A=(x y)\nistioctl install --set hub=${A[0]}', 'istioctl install --set hub=x'],
  ['flags in a string', 'F="--set hub=a -y"\nistioctl install $F', 'istioctl install --set hub=a -y'],
  [
    'a string that grows',
    'F="-y"\nF="$F --set hub=a"\nistioctl install $F',
    'istioctl install -y --set hub=a',
  ],
  ['an empty string', 'F=""\nistioctl install $F -y', 'istioctl install -y'],
  [
    'a string in quotes is one word',
    'F="a b"\nistioctl install --set "x=$F"',
    'istioctl install --set x=a b',
  ],
  ['arguments of the script', 'istioctl install "$@"', 'istioctl install <$@>'],
  ['flags from outside', 'istioctl install $FLAGS', 'istioctl install <$FLAGS>'],
];

for (const [what, script, expected] of lists)
  test(`words: ${what}`, () => assert.deepEqual(lines(script), [expected]));

const forks: readonly [what: string, script: string, ...expected: string[]][] = [
  [
    'if and else',
    'if a; then X=a; else X=b; fi\nistioctl install --set hub=$X',
    'istioctl install --set hub=a  [X=a]',
    'istioctl install --set hub=b  [X=b]',
  ],
  [
    'an if that changes it',
    'X=a\nif c; then X=b; fi\nistioctl install --set hub=$X',
    'istioctl install --set hub=b  [X=b]',
    'istioctl install --set hub=a  [X=a]',
  ],
  [
    'an if that sets a default',
    'if [ -z "$X" ]; then X=a; fi\nistioctl install --set hub=$X',
    'istioctl install --set hub=a',
  ],
  [
    '|| that sets a default',
    '[ -n "$X" ] || X=a\nistioctl install --set hub=$X',
    'istioctl install --set hub=a',
  ],
  [
    'what is set together stays together',
    'if a; then X=a Y=1; else X=b Y=2; fi\nistioctl install --set hub=$X --set tag=$Y',
    'istioctl install --set hub=a --set tag=1  [X=a]',
    'istioctl install --set hub=b --set tag=2  [X=b]',
  ],
  [
    'case',
    'case $1 in dev) X=a;; prod) X=b;; esac\nistioctl install --set hub=$X',
    'istioctl install --set hub=a  [X=a]',
    'istioctl install --set hub=b  [X=b]',
  ],
  [
    'a loop',
    'for V in 1 2; do istioctl install --set tag=$V; done',
    'istioctl install --set tag=1  [V=1]',
    'istioctl install --set tag=2  [V=2]',
  ],
  [
    'a branch that leaves',
    'if a; then X=b; exit 1; fi\nX=a; istioctl install --set hub=$X',
    'istioctl install --set hub=a',
  ],
  [
    'the same in both',
    'if a; then Y=1; else Y=2; fi\nX=a; istioctl install --set hub=$X',
    'istioctl install --set hub=a',
  ],
];

for (const [what, script, ...expected] of forks)
  test(`ways: ${what}`, () => assert.deepEqual(lines(script), expected));

test('at most eight values are followed', () => {
  const items = Array.from({ length: 30 }, (_, index) => `v${index}`).join(' ');
  assert.equal(lines(`for V in ${items}; do istioctl install --set tag=$V; done`).length, 8);
});

const places: readonly [what: string, script: string, place: string][] = [
  ['a variable', 'HUB=docker.io/istio\nistioctl install --set hub=$HUB', 'docker.io/istio < $HUB'],
  ['over two variables', 'A=a.io\nB=$A\nistioctl install --set hub=$B', 'a.io < $A < $B'],
  ['put together', 'A=a.io\nistioctl install --set hub=$A/istio', '$A/istio'],
  ['put together in a variable', 'A=a.io\nB=$A/istio\nistioctl install --set hub=$B', '$A/istio < $B'],
  ['in an array', 'A=(--set hub=a.io)\nistioctl install "${A[@]}"', 'a.io < ${A[@]}'],
  ['a default', 'istioctl install --set hub=${X:-a.io}', 'a.io < ${X:-a.io}'],
  ['in a string with flags', 'F="-y --set hub=a.io"\nistioctl install $F', 'a.io < $F'],
  ['without its beginning', 'V=v1.2\nistioctl install --set hub=${V#v}', '1.2 < ${V#v}'],
];

for (const [what, script, place] of places)
  test(`place: ${what}`, () => {
    const word = commands(script)[0]?.words.find(({ traced }) => traced.raw.startsWith('hub='));
    assert.ok(word);
    assert.equal(textAt(script, siteOfTraced(sliceTraced(word.traced, 4))), place);
  });
