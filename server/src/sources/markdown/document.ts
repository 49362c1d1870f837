import type { Manifest } from '../../core/fragment';
import { mayHoldInstall, mayRunHelm } from '../interest';
import type { Script } from '../shell/script';
import { readTracedManifests } from '../yaml/traced';
import { blocksOf } from './blocks';
import { callsIstioctl, commandsOf } from './commands';
import { languageOf } from './language';
import { promptOf } from './prompts';

/** What a document shows: the scripts of its code blocks and the manifests that stand in them, each in order. */
export interface Shown {
  readonly scripts: readonly Script[];
  readonly manifests: readonly Manifest[];
}

/** Reads the code blocks of a document: commands, and manifests. Inline code and prose are never read. */
export function shownIn(text: string, uri: string): Shown {
  const scripts: Script[] = [];
  const manifests: Manifest[] = [];
  for (const { info, text: block } of blocksOf(text, uri)) {
    const language = languageOf(info);
    const isManifest = /^\s*(?:apiVersion|kind):/.test(block.raw.slice(0, 200));
    switch (isManifest && language !== 'other' ? 'manifest' : language) {
      case 'manifest':
        if (mayHoldInstall(block.raw)) manifests.push(...readTracedManifests(block));
        break;
      case 'script':
      case 'session':
        scripts.push({ text: commandsOf(block, language), variables: new Map() });
        break;
      case 'plain':
        if (looksTyped(block.raw)) scripts.push({ text: commandsOf(block, language), variables: new Map() });
        else if (block.raw.includes('kind: IstioOperator')) manifests.push(...readTracedManifests(block));
        break;
      case 'other':
        break;
    }
  }
  return { scripts, manifests };
}

/** Commands that people start a block of no stated language with. */
const commonCommand =
  /^(?:[A-Za-z_]\w*=|(?:sudo|curl|wget|cd|export|kubectl|oc|tar|chmod|mkdir|cat|brew|helm|git|source|sh|bash|mv|cp|kind|minikube|k3d|gcloud|az|aws|eksctl|asdf)[ \t]|[.~]?\/|\. )/;

/** Whether the first line that is no comment starts with a prompt or is a command, and the block installs something. */
function looksTyped(raw: string): boolean {
  const lines = raw.split('\n');
  const first = lines.find(line => !/^[ \t\r]*(?:#|$)/.test(line.slice(0, 200)))?.slice(0, 200) ?? '';
  if (promptOf(first)?.kind === 'user' || callsIstioctl(first)) return true;
  return commonCommand.test(first) && (lines.some(callsIstioctl) || mayRunHelm(raw));
}
