import type { ReadFile } from '../../core/document';
import { joinTraced, type Traced } from '../../core/traced';
import type { Script } from '../shell/script';
import { standIn } from './cutter';
import { type DefinitionOf, type Values, valuesBy } from './fillIn';
import { scriptOf } from './recipe';
import { type Makefile, type Rule, rulesOf } from './rules';

/** How far a rule is followed to those that its prerequisites need, and how many steps that may take in all. */
const deepest = 40;
const mostSteps = 50_000;

/**
 * What the recipes of a makefile run: one script for each line, for each is a shell of its own. Rules that need one
 * another form a session, with what is needed first; what they download or write is there for the others.
 */
export function sessionsOf(text: string, uri: string, open: ReadFile): readonly (readonly Script[])[] {
  const makefile = rulesOf(text, uri, open);
  const globals = valuesBy(makefile.definitions.of);
  const known = knownValues(makefile.definitions.names(), globals);
  return ordered(makefile.rules).map(rules =>
    rules.flatMap(rule => {
      const own = ownDefinitions(makefile, rule);
      if (own === undefined) return scriptsOfRule(rule, makefile, globals, known);
      const values = valuesBy(own.of);
      const all = new Map([...known, ...knownValues(own.names, values)]);
      return scriptsOfRule(rule, makefile, values, all);
    }),
  );
}

/** The values of variables that a shell could have by the same name. */
const knownValues = (names: Iterable<string>, values: Values): ReadonlyMap<string, readonly Traced[]> =>
  new Map(
    [...names]
      .filter(name => /^[A-Za-z_]\w*$/.test(name))
      .slice(0, 300)
      .map(name => [name, values.ofDefinition(name)]),
  );

/** The definitions that hold for one rule, where its targets have some of their own. */
function ownDefinitions(
  { definitions, ofTarget }: Makefile,
  { targets }: Rule,
): { readonly of: DefinitionOf; readonly names: readonly string[] } | undefined {
  const own = targets.flatMap(target => ofTarget.get(target) ?? []);
  if (own.length === 0) return undefined;
  return {
    of: name => own.find(given => given.of(name) !== undefined)?.of(name) ?? definitions.of(name),
    names: own.flatMap(given => [...given.names()]),
  };
}

function scriptsOfRule(
  { recipe }: Rule,
  { isOneShell }: Makefile,
  values: Values,
  known: ReadonlyMap<string, readonly Traced[]>,
): readonly Script[] {
  const lines = isOneShell
    ? [joinTraced(recipe.flatMap((line, index) => (index === 0 ? [line] : [standIn('\n', line), line])))]
    : recipe;
  return lines.map(line => scriptOf(line, values, known, isOneShell));
}

/** The rules with recipes in groups that need one another, each after what it needs. */
function ordered(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const byTarget = rulesByTarget(rules);
  const parents = new Map<Rule, Rule>();
  const inOrder = new Set<Rule>();
  const seen = new Set<Rule>();
  let steps = mostSteps;

  /** Adds a rule after what it needs; `user` is the nearest rule with a recipe that needs it. */
  const visit = (rule: Rule, user: Rule | undefined, depth: number): void => {
    steps -= 1;
    const hasRecipe = rule.recipe.length > 0;
    if (hasRecipe && user !== undefined) unite(parents, rule, user);
    if (depth > deepest || steps < 0 || (hasRecipe && seen.has(rule))) return;
    seen.add(rule);
    for (const name of rule.prerequisites)
      for (const needed of byTarget.get(name) ?? [])
        if (needed !== rule && steps > 0) visit(needed, hasRecipe ? rule : user, depth + 1);
    if (hasRecipe) inOrder.add(rule);
  };
  for (const rule of rules) {
    visit(rule, undefined, 0);
    if (rule.recipe.length > 0) inOrder.add(rule);
  }
  const groups = new Map<Rule, Rule[]>();
  for (const rule of inOrder) {
    const root = rootOf(parents, rule);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [rule]);
    else group.push(rule);
  }
  return [...groups.values()];
}

function rulesByTarget(rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> {
  const byTarget = new Map<string, Rule[]>();
  for (const rule of rules)
    for (const target of rule.targets) {
      const same = byTarget.get(target);
      if (same === undefined) byTarget.set(target, [rule]);
      else same.push(rule);
    }
  return byTarget;
}

function unite(parents: Map<Rule, Rule>, a: Rule, b: Rule): void {
  const [x, y] = [rootOf(parents, a), rootOf(parents, b)];
  if (x !== y) parents.set(x, y);
}

function rootOf(parents: Map<Rule, Rule>, rule: Rule): Rule {
  let root = rule;
  for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
  for (let at = rule; at !== root; ) {
    const up = parents.get(at) ?? root;
    parents.set(at, root);
    at = up;
  }
  return root;
}
