import { mayApplyOperator, mayTellVersion } from '../interest';

/** Whether a statement, by its text with its here-documents, can matter for an install. */
export type MayMatter = (text: string) => boolean;

/**
 * Tells of the statements of scripts that belong together whether they can matter for an install; most of a long script
 * can't, and is passed over. A statement can matter if it mentions the mesh, if it changes where the script is or whether
 * it goes on, or if it mentions a variable, a function or a file that another statement which matters mentions. `units`
 * are all of the scripts' statements. `undefined` where other files take part, which may call anything.
 */
export function relevanceOf(units: readonly string[]): MayMatter | undefined {
  if (units.some(text => takesIn.test(text))) return undefined;
  const names = new Set<string>();
  let mentioned = nothing;
  const matters = (text: string): boolean =>
    mayTellVersion(text) || mayApplyOperator(text) || changesCourse.test(text) || mentioned.test(text);
  let left = units;
  for (let round = 0; ; round += 1) {
    const found: string[] = [];
    const others: string[] = [];
    for (const text of left) (matters(text) ? found : others).push(text);
    if (found.length === 0) break;
    if (round === mostRounds || names.size > mostNames) return undefined;
    left = others;
    for (const text of found)
      for (const [, variable, set, called, file] of text.matchAll(mentions))
        names.add(variable ?? set ?? called ?? file ?? '');
    mentioned = anyOf(names);
  }
  return matters;
}

/** Longer chains of variables, and more names, are not worth the search: everything is followed then. */
const mostRounds = 20;
const mostNames = 2000;

const nothing = /(?!)/;

/** `source` and `eval`, where a command may begin, and what fills in the variables that another file names. */
const takesIn = /(?:^|[\n;&|({]|\b(?:then|do|else))[ \t]{0,99}(?:source|\.|eval)[ \t]|\benvsubst\b/;

/** `cd`, `exit` and the like, where a command may begin. */
const changesCourse =
  /(?:^|[\n;&|({]|\b(?:then|do|else|sudo|builtin|command))[ \t]{0,99}(?:cd|pushd|popd|exit|exec|shift|set[ \t]+--)(?:[ \t\n;)]|$)/;

/** `$NAME` and `${NAME…}`; `NAME=`; `name()` and `function name`; names of files that may be handed to the installer. */
const mentions =
  /\$\{?[#!]?([A-Za-z_]\w{0,99})|(?<!\w)([A-Za-z_]\w{0,99})\+?=|(?<![\w.:-])([\w.:-]{1,100})[ \t]{0,9}\(\)|(?<![\w-])([\w-]{1,100}\.(?:ya?ml|json|env|tpl|tmpl|sh|bash))\b/g;

const anyOf = (names: ReadonlySet<string>): RegExp =>
  names.size === 0 ? nothing : new RegExp(`(?<![\\w-])(?:${[...names].map(escaped).join('|')})(?![\\w-])`);

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
