import { check } from './core/check';
import {
  type Document,
  type DocumentPlan,
  type PlannedInstall,
  type ReadFile,
  sourceOf,
  sourceOfFile,
} from './core/document';
import { type Explanation, explain, together } from './core/explain';
import type { Ask, Depth } from './core/fact';
import type { Finding, Fix, Recipe, Related } from './core/finding';
import { type Fixing, fixesOf, mayBeFixed } from './core/fix';
import type { Fragment } from './core/fragment';
import { type ImageReference, type ParsedImage, parseImage } from './core/image';
import type { ImageUse, InstallPlan } from './core/install';
import { definitionsAt, fileLinks, type Link } from './core/links';
import type { Mesh } from './core/mesh';
import { placed } from './core/place';
import { type ChunkMemory, type Planning, planDocument, planFragment } from './core/plan';
import { type Recollection, recall } from './core/recall';
import { recipesOf } from './core/recipe';
import { repairsOf } from './core/repair';
import { replan } from './core/replan';
import type { Rule } from './core/rule';
import type { Settings } from './core/settings';
import type { Chunk } from './core/source';
import { sameSite } from './core/text';
import { placeOfTraced } from './core/traced';
import { judge, type Verdict } from './core/verdict';
import { meshes } from './meshes/index';
import { rules } from './rules/index';
import { sources } from './sources/index';

/** What the engine is asked with: settings, other files, and what is known of images. */
export interface Context {
  readonly settings: Settings;
  readonly readFile: ReadFile;
  readonly ask: Ask;
}

/**
 * A finding and the install it belongs to. Its sites count from the start of the install's chunk; it is the very same
 * value as before while nothing about it has changed, wherever the chunk has moved.
 */
export interface InstallFinding {
  readonly finding: Finding;
  readonly planned: PlannedInstall;
}

/** The two steps, plan and check, and what is built on them. Everything is synchronous and pure but for memory. */
export interface Engine {
  /** Every kind of problem that it looks for. */
  readonly rules: readonly Pick<Rule, 'code' | 'title' | 'severity'>[];
  /**
   * Whether installs are looked for in files of this name (without folders), or that start like this one; `start` gives
   * at least the first line, and is called only where the name tells nothing.
   */
  readonly readsFile: (name: string, start: () => string) => boolean;
  /** Whether a document can hold an install at all; costs microseconds, and a wrong yes is possible. */
  readonly mayHold: (document: Document) => boolean;
  readonly plan: (document: Document, context: Omit<Context, 'ask'>) => DocumentPlan;
  /** The plan of a fragment that stands in no document, such as the words of a command line. */
  readonly planFragment: (fragment: Fragment, context: Omit<Context, 'ask'>) => InstallPlan | undefined;
  readonly check: (planned: DocumentPlan, context: Context) => readonly InstallFinding[];
  /** The fixes of a finding's install; their sites count from the document's start. */
  readonly fixes: (found: InstallFinding, uri: string, context: Context) => readonly Fix[];
  /** What people can do about a finding outside the text, as commands to copy. */
  readonly recipes: (found: InstallFinding, uri: string, context: Context) => readonly Recipe[];
  /** What stands behind the place `offset` (UTF-16 units from the document's start). */
  readonly explain: (planned: DocumentPlan, offset: number, context: Context) => Explanation | undefined;
  /** The files that the installs are made from, each with the text that names it. */
  readonly links: (planned: DocumentPlan) => readonly Link[];
  /** Where the variable or the file at the place `offset` (as in `explain`) is written; empty where nothing leads on. */
  readonly definitions: (planned: DocumentPlan, offset: number) => readonly Link[];
  /** The verdict for one image of an install. */
  readonly judge: (mesh: Mesh, use: ImageUse, context: Context) => Verdict;
  /** What a mesh's releases published for an image, whether an install pulls it or not. */
  readonly released: Mesh['released'];
  /** Drops what is remembered of a document; call it when the document is closed. */
  readonly forget: (uri: string) => void;
}

/**
 * An engine over all sources, meshes and rules. What it remembers of documents lives as long as it does. Images are asked
 * about as far as `depth` says, and those that a fix leads to further where need be.
 */
export function createEngine(depth: Depth = 'index'): Engine {
  const memories = new Map<string, { settings: Settings; memory: ChunkMemory }>();
  const checked: Recollection<InstallPlan, readonly Finding[]> = new WeakMap();
  const fixed: Recollection<InstallPlan, readonly Fix[]> = new WeakMap();
  const repaired: Recollection<Finding, readonly Fix[]> = new WeakMap();
  const planning = ({ settings, readFile }: Omit<Context, 'ask'>): Planning => ({
    sources,
    meshes,
    settings,
    readFile,
  });
  const judgeFor = (mesh: Mesh, { settings, ask }: Context, isDestination = false) => {
    const names = new Map<string, ParsedImage>();
    const parse = (text: string): ParsedImage => {
      const parsed = names.get(text) ?? parseImage(text);
      names.set(text, parsed);
      return parsed;
    };
    const depthOf = (image: ImageReference): Depth =>
      isDestination && !mesh.isOfficial(image) ? 'images' : depth;
    const judging = { targets: settings.platforms, ask, depthOf, released: mesh.released, parse };
    return (use: ImageUse): Verdict => judge(use, judging);
  };

  const checkInstall = ({ plan, mesh }: PlannedInstall, context: Context): readonly Finding[] =>
    recall(checked, plan, context.ask, ask => {
      const judge = judgeFor(mesh, { ...context, ask });
      const verdicts = new Map<ImageUse, Verdict>();
      const judgeOnce = (use: ImageUse): Verdict => {
        const verdict = verdicts.get(use) ?? judge(use);
        verdicts.set(use, verdict);
        return verdict;
      };
      return check(plan, rules, {
        targets: context.settings.platforms,
        judge: judgeOnce,
        remark: mesh.remark,
      });
    });

  const fixingFor = (planned: PlannedInstall, uri: string, context: Context) => {
    const { plan, mesh, chunk, source, fragment } = planned;
    const { settings } = context;
    return (ask: Ask): Fixing => ({
      remedies: atFault => mesh.remedies(plan, settings, settings.platforms, atFault),
      targets: settings.platforms,
      judge: judgeFor(mesh, { ...context, ask }),
      verify: judgeFor(mesh, { ...context, ask }, true),
      insert({ path, words, value }) {
        if (fragment.kind === 'command' && fragment.end !== undefined)
          return { ...fragment.end, newText: ` ${words.join(' ')}` };
        const insertion =
          fragment.kind === 'command'
            ? source.append?.(chunk.text, fragment, path, value)
            : source.insert(chunk.text, fragment, path, value);
        return insertion === undefined ? undefined : { uri, ...insertion };
      },
      replan: edits => replan(planned, uri, edits, planning(context)),
    });
  };
  const fixesFor = ({ finding, planned }: InstallFinding, uri: string, context: Context): readonly Fix[] => {
    const { plan, chunk } = planned;
    const fixing = fixingFor(planned, uri, context);
    const fixes =
      finding.repairs === undefined
        ? recall(fixed, plan, context.ask, ask => fixesOf(plan, fixing(ask)))
        : recall(repaired, finding, context.ask, ask => repairsOf(plan, finding, fixing(ask)));
    return placed(fixes, uri, chunk.start);
  };

  return {
    rules,
    readsFile: (name, start) => sourceOfFile(sources, name, start) !== undefined,
    mayHold: document => sourceOf(sources, document)?.mayHold(document.text) ?? false,
    plan(document, context) {
      const last = memories.get(document.uri);
      const known: ChunkMemory = last?.settings === context.settings ? last.memory : [];
      const { planned, memory } = planDocument(document, planning(context), known);
      memories.set(document.uri, { settings: context.settings, memory });
      return planned;
    },
    planFragment: (fragment, context) => planFragment(fragment, planning(context))?.plan,
    check({ installs }, context) {
      const found: InstallFinding[] = [];
      let chunk: Chunk | undefined;
      let said = new Map<string, number>();
      for (const [index, planned] of installs.entries()) {
        const findings = checkInstall(planned, context);
        const sharesChunk = planned.chunk === chunk || planned.chunk === installs[index + 1]?.chunk;
        const [only] = findings;
        if (!sharesChunk && findings.length < 2) {
          if (only !== undefined) found.push({ finding: only, planned });
          continue;
        }
        // Installs of one chunk may share a text by an anchor: what is wrong there is said once.
        if (planned.chunk !== chunk) said = new Map();
        chunk = planned.chunk;
        for (const finding of findings) {
          const { code, message, site } = finding;
          const key = `${code} ${site.uri} ${site.span.start} ${message}`;
          const at = said.get(key);
          const first = at === undefined ? undefined : found[at];
          if (at !== undefined && first !== undefined)
            found[at] = { ...first, finding: withRelated(first.finding, finding.related) };
          else said.set(key, found.push({ finding, planned }) - 1);
        }
      }
      return found;
    },
    fixes: fixesFor,
    recipes(found, uri, context) {
      const { finding, planned } = found;
      const { plan, mesh } = planned;
      const { platforms } = context.settings;
      if (!aboutPlatforms.has(finding.code)) return [];
      return recipesOf(plan, {
        judge: judgeFor(mesh, context),
        ideas: (atFault, available) => mesh.recipes(atFault, available, platforms),
        isFixable: () =>
          fixesFor(found, uri, context).length > 0 ||
          mayBeFixed(plan, fixingFor(planned, uri, context)(context.ask)),
      });
    },
    explain({ uri, installs }, offset, context) {
      const explanations = installs.flatMap(({ plan, mesh, chunk, fragment }) => {
        const words =
          fragment.kind === 'command' ? fragment.words.map(word => placeOfTraced(word.traced)) : [];
        const explanation = explain(plan, uri, offset - chunk.start, judgeFor(mesh, context), words);
        return explanation === undefined ? [] : placed(explanation, uri, chunk.start);
      });
      return together(explanations);
    },
    links: fileLinks,
    definitions: definitionsAt,
    judge: (mesh, use, context) => judgeFor(mesh, context)(use),
    released(image) {
      for (const mesh of meshes) {
        const fact = mesh.released(image);
        if (fact !== undefined) return fact;
      }
      return undefined;
    },
    forget: uri => void memories.delete(uri),
  };
}

/** The findings that speak of an image which lacks a platform, or has another one in its place. */
const aboutPlatforms: ReadonlySet<string> = new Set([
  'platform-unsupported',
  'index-contradicts-image',
  'child-missing',
]);

/** A finding with what another one of the same trouble is related to; the very same value if there is nothing new. */
function withRelated(finding: Finding, related: readonly Related[]): Finding {
  const isKnown = (one: Related): boolean =>
    finding.related.some(({ site, message }) => message === one.message && sameSite(site, one.site));
  const more = related.filter(one => !isKnown(one));
  return more.length === 0 ? finding : { ...finding, related: [...finding.related, ...more] };
}
