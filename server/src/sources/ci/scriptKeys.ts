/** The keys that shell stands under, in the order in which a pipeline that has several runs them. */
const keys = [
  ...[
    'bootcmd',
    'before_install',
    'pre_install',
    'install',
    'before_script',
    'pre_build',
    'run',
    'script',
    'scripts',
  ],
  ...['commands', 'cmds', 'cmd', 'bash', 'sh', 'shell', 'runcmd', 'inlineScript', 'raw', 'test'],
  ...['after_success', 'after_script'],
];

const order: ReadonlyMap<string, number> = new Map(keys.map((key, index) => [key, index]));

/** Where a key's shell comes among the shell of its map, from 0; `undefined` for keys that no shell stands under. */
export const orderOfKey = (key: string): number | undefined => order.get(plainKey(key));

/** A module of Ansible by its short name: `shell` for `ansible.builtin.shell`. */
export const plainKey = (key: string): string => key.replace(/^ansible\.(?:builtin|legacy)\./, '');

/**
 * Whether a text only names the program that a script is run with, as `shell: bash -e {0}` does beside `run:`; `shell:` of
 * Ansible holds a script.
 */
export const isInterpreter = (text: string): boolean =>
  /^(?:\S*\/)?(?:env\s+)?(?:\w{0,10}sh|powershell|cmd|node|perl|python[\d.]*)(?:\.exe)?(?:\s+(?:-\S+|\{0\}|pipefail|errexit))*$/.test(
    text.trim().slice(0, 200),
  );

/** Whether a text names a program that reads the language of the shell; nothing and expressions may. */
export const isShell = (text: string): boolean =>
  /^\s*$|^\s*\$|^\s*\{\{|(?:^|[\s/])(?:ba|da|a|k|z)?sh(?:\.exe)?(?:\s|$)/.test(text.slice(0, 200));

/** Whether a script's first line asks for something else than a shell. */
export function isForOthers(script: string): boolean {
  const line = /^\s*#!([^\n]{0,200})/.exec(script)?.[1];
  return line !== undefined && !isShell(line);
}
