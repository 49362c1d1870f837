import { siteOfTraced, type Traced, tracedUnknown, usedAt } from '../../core/traced';
import { type Cut, cutterOf, standIn } from './cutter';
import { type Definition, mostCandidates } from './definitions';
import { argumentsIn, type Reference, referenceAt } from './references';
import { combined, type Part, tooLong } from './splice';

/** What a variable is defined as where it is used; `undefined` where nobody defines it. */
export type DefinitionOf = (name: string) => readonly Definition[] | undefined;

/** Gives the values that a variable or a function may have where it is used: one at least. */
export interface Values {
  /** The values of a text with all references in it filled in, at most eight. */
  readonly ofText: (text: Traced) => readonly Traced[];
  /** The values of one reference; `whole` is the reference as it is written, `cut` cuts its text. */
  readonly ofReference: (reference: Reference, whole: Traced, cut: Cut, raw: string) => readonly Traced[];
  /** The values of a variable where it is defined; none where nobody defines it. */
  readonly ofDefinition: (name: string) => readonly Traced[];
}

const outsideWhy = 'it is given to make from outside';
const automaticWhy = 'make sets it for each target';
const selfWhy = 'it is defined by itself';

/** A value that is longer than this, made of more parts, or reached through more variables is not followed. */
const longest = 4000;
const mostParts = 200;
const deepest = 30;
const mostCalls = 2000;

/** Fills in variables, as make does when it runs a recipe; what make works out itself is not known. */
export function valuesBy(definitionOf: DefinitionOf): Values {
  const known = new Map<string, readonly Traced[]>();
  const active = new Set<string>();
  let calls = 0;

  function ofText(text: Traced, given: readonly Traced[] = []): readonly Traced[] {
    const { raw } = text;
    if (!raw.includes('$')) return [text];
    const cut = cutterOf(text);
    const parts: Part[] = [];
    let from = 0;
    for (let at = raw.indexOf('$'); at !== -1; at = raw.indexOf('$', from)) {
      if (parts.length > mostParts) return [tooLong(text)];
      if (at > from) parts.push({ kind: 'text', text: cut(from, at) });
      const reference = referenceAt(raw, at);
      const whole = cut(at, reference.end);
      parts.push({ kind: 'values', values: ofReference(reference, whole, cut, raw, given), whole, name: '' });
      from = reference.end;
    }
    if (from < raw.length) parts.push({ kind: 'text', text: cut(from, raw.length) });
    return combined(parts, text, longest).map(limited);
  }

  function ofReference(
    reference: Reference,
    whole: Traced,
    cut: Cut,
    raw: string,
    given: readonly Traced[] = [],
  ): readonly Traced[] {
    switch (reference.kind) {
      case 'dollar':
        return [standIn('$', whole)];
      case 'unclosed':
        return [unknown(whole, 'its bracket is never closed')];
      case 'variable': {
        const argument = /^[1-9]$/.test(reference.name) ? given[Number(reference.name) - 1] : undefined;
        if (argument !== undefined) return [usedAt(argument, siteOfTraced(whole))];
        return ofVariable(reference.name, whole);
      }
      case 'function':
        return ofFunction(reference, whole, cut, raw, given);
    }
  }

  function ofFunction(
    { name, from, end }: Extract<Reference, { kind: 'function' }>,
    whole: Traced,
    cut: Cut,
    raw: string,
    given: readonly Traced[],
  ): readonly Traced[] {
    const text = raw.slice(from, end - 1).trim();
    if (/^(?:dir|patsubst|realpath|abspath|shell)$/.test(name) && text.includes('MAKEFILE_LIST'))
      return [standIn(name === 'dir' ? './' : '.', whole)];
    if (name === 'shell' && /^pwd(?: -[LP])?$/.test(text)) return [standIn('.', whole)];
    const tool =
      name === 'shell' ? /^(?:which|command -v) ([\w./-]+)(?: 2>\s?\/dev\/null)?$/.exec(text) : null;
    if (tool !== null) return [standIn(tool[1] ?? '', whole)];
    if (name === 'shell') return [unknown(whole, 'it is the output of a command')];
    if (/^(?:strip|abspath|realpath)$/.test(name))
      return ofText(cut(from, end - 1), given).map(value => usedAt(value, siteOfTraced(whole)));
    if (name === 'call') return ofCall(argumentsIn(raw, from, end - 1), whole, cut, given);
    return [unknown(whole, 'make works it out')];
  }

  function ofCall(
    spans: readonly (readonly [number, number])[],
    whole: Traced,
    cut: Cut,
    given: readonly Traced[],
  ): readonly Traced[] {
    const [name, ...rest] = spans.map(([start, end]) => cut(start, end));
    const key = name?.raw.trim() ?? '';
    const definitions = definitionOf(key);
    calls += 1;
    if (calls > mostCalls) return [tooLong(whole)];
    if (definitions === undefined) return [unknown(whole, outsideWhy)];
    const values = rest.flatMap(argument => ofText(argument, given).slice(0, 1));
    const site = siteOfTraced(whole);
    return within(key, whole, () => definitions.flatMap(({ text }) => ofText(text, values)))
      .slice(0, mostCandidates)
      .map(value => usedAt(value, site));
  }

  function ofVariable(name: string, whole: Traced): readonly Traced[] {
    if (/^[@<^*+?|%](?:[DF])?$/.test(name) || name === '') return [unknown(whole, automaticWhy)];
    if (/[\s:$()]/.test(name)) return [unknown(whole, 'make works it out')];
    const definitions = definitionOf(name);
    if (definitions === undefined) {
      if (name === 'CURDIR' || name === 'PWD') return [standIn('.', whole)];
      if (name === 'MAKE') return [standIn('make', whole)];
      return [unknown(whole, outsideWhy, `\${${name}}`)];
    }
    const site = siteOfTraced(whole);
    return resolved(name, definitions, whole).map(value => usedAt(value, site));
  }

  function resolved(name: string, definitions: readonly Definition[], whole: Traced): readonly Traced[] {
    const found =
      known.get(name) ??
      within(name, whole, () =>
        definitions
          .flatMap(({ text, isFilledIn }) => (isFilledIn ? [text] : ofText(text)))
          .slice(0, mostCandidates),
      );
    known.set(name, found);
    return found;
  }

  function within(name: string, whole: Traced, make: () => readonly Traced[]): readonly Traced[] {
    if (active.has(name)) return [unknown(whole, selfWhy)];
    if (active.size >= deepest) return [tooLong(whole)];
    active.add(name);
    const made = make();
    active.delete(name);
    return made;
  }

  return {
    ofText: text => ofText(text),
    ofReference: (reference, whole, cut, raw) => ofReference(reference, whole, cut, raw),
    ofDefinition(name) {
      const definitions = definitionOf(name) ?? [];
      const [first] = definitions;
      return first === undefined ? [] : resolved(name, definitions, first.text);
    },
  };
}

const unknown = (whole: Traced, why: string, raw = whole.raw): Traced =>
  tracedUnknown(raw.length > 200 ? `${raw.slice(0, 199)}…` : raw, siteOfTraced(whole), why);

/** A value, unless it is too much to be followed. */
function limited(value: Traced): Traced {
  const isShort =
    value.stretches.length <= mostParts &&
    value.stretches.every(({ site }) => (site.via?.length ?? 0) <= deepest);
  return isShort ? value : tooLong(value);
}
