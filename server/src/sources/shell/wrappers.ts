import type { Traced } from '../../core/traced';

/** What a command runs: other words of its own, or a text in the shell's language. */
export type Wrapped =
  | { readonly kind: 'words'; readonly start: number }
  | { readonly kind: 'code'; readonly word: number };

/** Commands that run the words after them, with their flags that take a value and the number of words before these. */
const runners: ReadonlyMap<string, { readonly values: RegExp; readonly skip?: number }> = new Map([
  ['sudo', { values: /^-[ugpChDRrtTU]$|^--(?:user|group|prompt|chdir|host|role|type)$/ }],
  ['doas', { values: /^-[uC]$/ }],
  ['env', { values: /^-[uCS]$|^--(?:unset|chdir)$/ }],
  ['time', { values: /^-[fo]$/ }],
  ['nohup', { values: /^$/ }],
  ['exec', { values: /^-a$/ }],
  ['command', { values: /^$/ }],
  ['builtin', { values: /^$/ }],
  ['nice', { values: /^-n$/ }],
  ['ionice', { values: /^-[cn]$/ }],
  ['stdbuf', { values: /^-[ioe]$/ }],
  ['timeout', { values: /^-[ks]$/, skip: 1 }],
  ['gtimeout', { values: /^-[ks]$/, skip: 1 }],
  ['xargs', { values: /^-[IiLnPsEd]$/ }],
  ['watch', { values: /^-n$/ }],
  ['strace', { values: /^-[eops]$/ }],
  ['caffeinate', { values: /^-t$/ }],
  ['winpty', { values: /^$/ }],
  ['chronic', { values: /^$/ }],
  ['eatmydata', { values: /^$/ }],
]);

const shells = /^(?:ba|z|da|a|k)?sh$/;

/** Names of functions and tools that run what is handed to them; `log`, `echo` or `die` do not. */
const likelyRunner =
  /(?:^|[-_.:])(?:run|runs?cmd|cmd|retry|retries|try|attempt|repeat|exec|execute|eval|call|invoke|do|until|eventually|with|wait|spin|step|silent|quiet|quietly|verbose|trap|trace|must|ok|assert|bail|check|ensure|asdf|mise|bats|measure|timed?|docker|podman|kubectl|nix|devbox|poetry|bundle|npx|su|ssh|chroot|nsenter|proxychains4?|unbuffer|script|parallel)(?:$|[-_.:\d])|(?:run|retry|exec|execute)$|^(?:run|retry|try|exec)/i;

/** Whether a command may run another one of the script's, or change what the script knows. */
export const mayRunOthers = (name: string): boolean => {
  const own = name.slice(name.lastIndexOf('/') + 1);
  if (/^(?:kubectl|oc|docker|podman|ssh|su)$/.test(own)) return false;
  return runners.has(own) || shells.test(own) || likelyRunner.test(own) || changers.test(own);
};

const changers =
  /^(?:cd|pushd|popd|export|declare|typeset|local|readonly|unset|set|shift|read|mapfile|readarray|exit|return|break|continue|eval|source|\.|:)$/;

/** Whether a command only says its words. */
export const isTalker = (name: string): boolean => sayer.test(name);

const sayer =
  /^(?:echo|printf|print|log|info|warn|warning|error|err|die|fail|debug|msg|message|say|title|header|note|usage|help|comment|:)$/i;

/** Names whose words are shown or looked up, never run. */
const talker =
  /^(?:which|type|hash|whereis|alias|unalias|man|grep|egrep|fgrep|rg|sed|awk|test|\[|\[\[|ls|ll|cp|mv|rm|ln|chmod|chown|mkdir|touch|stat|file|tar|unzip|gunzip|curl|wget|aria2c|gh|git|diff|cat|tee|head|tail|less|more|vi|vim|nano|code|sha256sum|md5sum|shasum|gpg|cosign|install|source|\.|export|declare|local|readonly|typeset|unset|read|cd|pushd|apt|apt-get|yum|dnf|apk|brew|snap|choco|pip|pip3|npm|go|make|helm|terraform|kustomize|jq|yq|find|sort|uniq|wc|cut|tr|true|false|exit|return|break|continue|shift|set|trap|sleep|date|pkill|killall|kill|pgrep|ps|complete|compgen)$/i;

/**
 * Whether and where a command runs another one: `sudo -E X`, `timeout 5m X`, `retry 5 X`, `bash -c "X"`, `run "X"`.
 * `names` tells the words that name what is looked for.
 */
export function wrappedIn(
  words: readonly Traced[],
  names: (word: Traced, index: number) => boolean,
): Wrapped | undefined {
  const [first] = words;
  if (first === undefined) return undefined;
  const name = first.raw.slice(first.raw.lastIndexOf('/') + 1);
  if (name === 'command' && /^-[vV]/.test(words[1]?.raw ?? '')) return undefined;
  const runner = runners.get(name);
  if (runner !== undefined) return wordsAfter(words, runner);
  if (shells.test(name)) {
    const flag = words.findIndex(({ raw }) => /^-[a-z]*c$/.test(raw));
    return flag > 0 && flag + 1 < words.length ? { kind: 'code', word: flag + 1 } : undefined;
  }
  if (name === 'eval') return undefined;
  if (isTalker(name) || talker.test(name) || !likelyRunner.test(name)) return undefined;
  const at = words.findIndex((word, index) => index > 0 && names(word, index));
  const found = words[at];
  if (found === undefined) return undefined;
  if (/\s/.test(found.raw.trim())) return { kind: 'code', word: at };
  return { kind: 'words', start: at };
}

/** Commands that run a shell somewhere else. */
const carriers = /^(?:ssh|docker|podman|nerdctl|kubectl|oc|su|chroot|nsenter|vagrant|lxc|limactl|multipass)$/;

/** Whether a command takes its input for a script: `bash`, `sh -s -- x`, `ssh host`, `docker exec -i x bash`. */
export function readsScript(words: readonly Traced[]): boolean {
  const names = words.map(({ raw }) => raw.slice(raw.lastIndexOf('/') + 1));
  const [first = '', ...rest] = names;
  const shell = names.findLastIndex(name => shells.test(name));
  if (shell === 0 || (shell > 0 && carriers.test(first))) {
    const flags = words.slice(shell + 1).map(({ raw }) => raw);
    return flags.includes('-s') || flags.every(flag => /^[-+]/.test(flag) && !/^-[a-z]*c$/.test(flag));
  }
  return first === 'ssh' && hostsOnly.test(rest.join(' '));
}

/** The flags of ssh(1), and nothing but a host after them. */
const hostsOnly = /^(?:-[BbcDEeFIiJLlmOopQRSWw] ?\S+ |-[46AaCfGgKkMNnqsTtVvXxYy]+ )*[^-\s]\S*$/;

function wordsAfter(
  words: readonly Traced[],
  { values, skip = 0 }: { readonly values: RegExp; readonly skip?: number },
): Wrapped | undefined {
  let at = 1;
  let left = skip;
  for (; at < words.length; at += 1) {
    const raw = words[at]?.raw ?? '';
    if (values.test(raw)) at += 1;
    else if (raw.startsWith('-') && raw !== '-') continue;
    else if (/^\w+=/.test(raw)) continue;
    else if (left > 0) left -= 1;
    else break;
  }
  return at < words.length ? { kind: 'words', start: at } : undefined;
}
