import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteOfTraced, sliceTraced } from '../../../server/src/core/traced';
import { commands, lines, read, textAt } from './show';

const rows: readonly [what: string, script: string, ...expected: string[]][] = [
  ['a plain command', 'istioctl install -y', 'istioctl install -y'],
  [
    'quotes of every kind',
    `istioctl install --set "hub=a" --set 'tag=b' --set $'profile=c'`,
    'istioctl install --set hub=a --set tag=b --set profile=c',
  ],
  ['quotes in the middle of a word', `istioctl install --set hub="a"/'b'`, 'istioctl install --set hub=a/b'],
  ['a backslash in a word', 'istioctl install --set a\\ b=c', 'istioctl install --set a b=c'],
  ['a continued line', 'istioctl install \\\n  --set hub=a \\\n  -y', 'istioctl install --set hub=a -y'],
  ['CRLF', 'istioctl install -y\r\necho\r\n', 'istioctl install -y'],
  ['&& and ||', 'a && istioctl install || istioctl upgrade', 'istioctl install', 'istioctl upgrade'],
  [
    'a semicolon and the background',
    'istioctl install; istioctl upgrade &',
    'istioctl install',
    'istioctl upgrade',
  ],
  [
    'a subshell and a group',
    '(istioctl install); { istioctl upgrade; }',
    'istioctl install',
    'istioctl upgrade',
  ],
  ['a substitution', 'out=$(istioctl install -y 2>&1)', 'istioctl install -y'],
  ['backquotes', 'out=`istioctl install --set hub=a`', 'istioctl install --set hub=a'],
  ['a substitution in quotes', 'echo "$(istioctl install -y)"', 'istioctl install -y'],
  ['a pipe', 'yes | istioctl install | tee log', 'istioctl install'],
  ['not in the way', 'istioctl install 2>/dev/null >log -y', 'istioctl install -y'],
  ['if !', 'if ! istioctl install -y; then exit 1; fi', 'istioctl install -y'],
  ['until', 'until istioctl install; do sleep 1; done', 'istioctl install'],
  ['while and its body', 'while true; do istioctl install; done', 'istioctl install'],
  [
    'elif and else',
    'if a; then b; elif c; then istioctl install; else istioctl upgrade; fi',
    'istioctl install',
    'istioctl upgrade',
  ],
  [
    'case',
    'case $1 in a) istioctl install;; *) istioctl upgrade;; esac',
    'istioctl install',
    'istioctl upgrade',
  ],
  ['a test before it', '[[ -n $X ]] && istioctl install', 'istioctl install'],
  ['a C-style loop', 'for ((i=0;i<3;i++)); do istioctl install; done', 'istioctl install'],
  ['a coprocess', 'coproc istioctl install', 'istioctl install'],
  ['a function that is called', 'f() { istioctl install -y; }\nf', 'istioctl install -y'],
  ['a function that nobody calls', 'function f { istioctl install -y; }', 'istioctl install -y'],
  [
    'arguments of a function',
    'f() { istioctl install --set hub=$1 "${@:2}"; }\nf a -y',
    'istioctl install --set hub=a -y',
  ],
  [
    'a function that hands its arguments on',
    'f() { istioctl install "$@"; }\nf --set hub=a',
    'istioctl install --set hub=a',
  ],
  ['a function that calls itself', 'f() { istioctl install; f; }\nf', 'istioctl install'],
  [
    'retry as a function of the script',
    'retry() { shift; "$@"; }\nretry 5 istioctl install',
    'istioctl install',
  ],
  ['eval', 'C="istioctl install --set hub=a"; eval "$C" -y', 'istioctl install --set hub=a -y'],
  ['a command in a variable', 'C="istioctl install"; $C -y', 'istioctl install -y'],
  ['unclosed quote', 'istioctl install --set "hub=a', 'istioctl install --set hub=a'],
  ['half typed', 'istioctl install --set', 'istioctl install --set'],
  [
    'versions in the name',
    'istioctl-1.14 install; ./istio-1.8.2/bin/istioctl install; istioctl.exe install',
    'istioctl-1.14 install',
    './istio-1.8.2/bin/istioctl install',
    'istioctl.exe install',
  ],
  ['an executable from outside', '$ISTIOCTL install', '<$ISTIOCTL> install'],
  ['a brace group after a pipe', 'echo y | { istioctl install; }', 'istioctl install'],
  [
    'a heredoc does not end the command',
    'istioctl install -f - <<E -y\na: b\nE\n',
    'istioctl install -f - -y',
  ],
  ['a process substitution', 'istioctl install -f <(cat x)', 'istioctl install -f /dev/fd/20'],
];

for (const [what, script, ...expected] of rows)
  test(`words: ${what}`, () => assert.deepEqual(lines(script), expected));

const wrapped: readonly string[] = [
  'sudo istioctl install',
  'sudo -E -u root istioctl install',
  'env A=b istioctl install',
  'A=b istioctl install',
  'time istioctl install',
  'nohup istioctl install',
  'exec istioctl install',
  'command istioctl install',
  'timeout 5m istioctl install',
  'timeout -k 5 10 istioctl install',
  'retry 5 istioctl install',
  'retry -n 5 -- istioctl install',
  'run "istioctl install"',
  "run 'istioctl install'",
  'bash -c "istioctl install"',
  'sh -xc "istioctl install"',
  'sudo bash -c "istioctl install"',
  'run_cmd istioctl install',
  'execute istioctl install',
  'kubectl exec -it pod -- istioctl install',
  'docker run image istioctl install',
  'echo y | xargs -I{} istioctl install',
  'ssh host "istioctl install"',
  'su - user -c "istioctl install"',
];

for (const script of wrapped)
  test(`wrapper: ${script}`, () => assert.deepEqual(lines(script), ['istioctl install']));

const silent: readonly string[] = [
  '# istioctl install',
  'echo istioctl install',
  'echo "run istioctl install"',
  'printf "istioctl install\\n"',
  'info "istioctl install"',
  'log_info istioctl install',
  'die "istioctl install failed"',
  'which istioctl',
  'command -v istioctl',
  'curl -o istioctl x',
  'chmod +x ./istioctl',
  'rm -f istioctl',
  'mv istioctl /usr/local/bin/',
  'alias i=istioctl',
  'cat <<E\nistioctl install\nE',
  ': istioctl install',
  "x='istioctl install'",
  'exit 0\nistioctl install',
  'grep istioctl install.log',
  'kubectl get pods -l app=istioctl',
];

for (const script of silent)
  test(`no command: ${JSON.stringify(script)}`, () => {
    assert.deepEqual(read(script), []);
  });

test('a part of a word stands where it is written', () => {
  const script = `istioctl install --set "hub=docker.io/istio" --set tag=1.1'4.1'`;
  const [, , , hub, , tag] = commands(script)[0]?.words ?? [];
  assert.ok(hub && tag);
  assert.equal(textAt(script, siteOfTraced(sliceTraced(hub.traced, 4))), 'docker.io/istio');
  assert.equal(textAt(script, siteOfTraced(sliceTraced(tag.traced, 4))), "1.1'4.1");
});

test('further words go after the last one, with its quotes', () => {
  const scripts = [
    'istioctl install -y',
    'istioctl install --set "a=b"',
    'istioctl install \\\n -y \\\n',
    'run "istioctl install"',
    'istioctl install -y | tee log',
    'istioctl install "${ARGS[@]}"',
    'bash -c "istioctl install -y"',
  ];
  const ends = scripts.map(script => {
    const { start } = commands(script)[0]?.end?.span ?? { start: 0 };
    return `${script.slice(Math.max(0, start - 3), start)}|`;
  });
  assert.deepEqual(
    ends,
    [' -y|', '=b"|', ' -y|', 'all|', ' -y|', '@]"|'.replace('@]', ']}'), ' -y|'].map(end => end),
  );
});
