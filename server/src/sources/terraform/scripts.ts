import type { Traced } from '../../core/traced';
import { joinTraced } from '../../core/traced';
import { cutterOf, standIn } from '../makefile/cutter';
import { type Part, spliced } from '../makefile/splice';
import type { Script } from '../shell/script';
import { attributeOf, type Block } from './blocks';
import { attributeValue, type Scope } from './evaluate';
import { contentOf } from './fileFunctions';
import { instancesOf } from './turns';
import { knownText, textIn, type Value } from './value';

/** A resource for each of many values is read for these at most. */
const mostInstances = 8;

/**
 * The scripts that a resource runs when it is made, on this machine or on another one, and those that a machine is started
 * with (developer.hashicorp.com/terraform/language/resources/provisioners).
 */
export const scriptsIn = (block: Block, scope: Scope): readonly Script[] =>
  instancesOf(block, scope)
    .slice(0, mostInstances)
    .flatMap(({ scope: own }) => [
      ...startScripts(block, own),
      ...block.blocks.flatMap(inner => (inner.type === 'provisioner' ? provisioned(inner, own) : [])),
    ]);

function provisioned(block: Block, scope: Scope): readonly Script[] {
  const isGone = attributeOf(block, 'when') !== undefined && isWord(block, 'when', 'destroy', scope);
  if (isGone) return [];
  switch (block.labels[0]?.text) {
    case 'local-exec':
      return isShell(attributeValue(block, 'interpreter', scope)) ? localScript(block, scope) : [];
    case 'remote-exec':
      return remoteScript(attributeValue(block, 'inline', scope));
    default:
      return [];
  }
}

function isWord(block: Block, name: string, word: string, { module }: Scope): boolean {
  const attribute = attributeOf(block, name);
  const token = attribute && module.file.tokens[attribute.first];
  const content = token?.content ?? token;
  return content !== undefined && module.file.text.slice(content.start, content.end) === word;
}

/** Whether an interpreter reads what a shell reads; without one it is `sh`. */
function isShell(interpreter: Value | undefined): boolean {
  if (interpreter === undefined) return true;
  const first = interpreter.kind === 'list' ? knownText(interpreter.items[0]) : undefined;
  return first !== undefined && /(?:^|[/\\])(?:env|(?:ba|da|z|k|a)?sh)(?:\.exe)?$/.test(first);
}

function localScript(block: Block, scope: Scope): readonly Script[] {
  const given = attributeValue(block, 'command', scope);
  const text = given === undefined ? undefined : textIn(contentOf(given, scope));
  if (text === undefined) return [];
  const directory = textIn(attributeValue(block, 'working_dir', scope));
  const script =
    directory === undefined
      ? text
      : joinTraced([standIn('cd ', directory), directory, standIn('\n', directory), text]);
  const environment = attributeValue(block, 'environment', scope);
  const variables = environment?.kind === 'map' ? environment.entries : [];
  const known = variables.flatMap(({ key, value }) => {
    const one = textIn(value);
    return one === undefined ? [] : [[key.raw, [one]] as const];
  });
  return [spliced(partsOf(script), new Map(known))];
}

/** The commands of a list, one after the other. */
function remoteScript(lines: Value | undefined): readonly Script[] {
  if (lines?.kind !== 'list') return [];
  const texts = lines.items.flatMap(line => textIn(line) ?? []);
  const whole = joinTraced(texts.flatMap(text => [text, standIn('\n', text)]));
  return texts.length === 0 ? [] : [spliced(partsOf(whole), new Map())];
}

const startNames = ['user_data', 'custom_data', 'metadata_startup_script', 'startup_script'];

function startScripts(block: Block, scope: Scope): readonly Script[] {
  return startNames.flatMap(name => {
    const value = attributeValue(block, name, scope);
    const text = value === undefined ? undefined : textIn(value);
    return text !== undefined && /^#!.*sh\b/.test(text.raw.trimStart())
      ? [spliced(partsOf(text), new Map())]
      : [];
  });
}

/** A text in parts that are known, and those that are not. */
function partsOf(text: Traced): readonly Part[] {
  const cut = cutterOf(text);
  let at = 0;
  return text.stretches.flatMap(({ length, why, site }): readonly Part[] => {
    const piece = cut(at, at + length);
    at += length;
    if (length === 0) return [];
    if (why === undefined) return [{ kind: 'text', text: piece }];
    const name = piece.raw.replace(/^\$\{|\}$/g, '').replace(/\W/g, '_');
    const whole = { raw: piece.raw, stretches: [{ length, site: site.via?.[0] ?? site, exact: false }] };
    return [{ kind: 'values', values: [piece], whole, name: /^[A-Za-z]/.test(name) ? name : '' }];
  });
}
