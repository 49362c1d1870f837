import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentPlan } from '../core/document';
import type { Ask } from '../core/fact';
import { formatImage } from '../core/image';
import type { InstallFinding } from '../engine';
import { type Facts, settle } from '../settle';
import { completeImages, type Draft, draftOf } from './typing';
import { documentOf, type World } from './world';

/** How long the text must rest before anything is asked for it (ms). */
const idle = 400;

/** How long it must rest before an image is asked for whose name is being typed (ms). */
const typing = 1500;

/** `explicitly`: at once, and by the user's own wish, which counts for more than a change of the text. */
export type AskWhen = 'at once' | 'explicitly' | 'when idle';

/** Keeps one open document's findings up to date. */
export interface Watch {
  /** Publishes what is known now, and asks for the rest: at once, or when the text has rested. */
  readonly changed: (document: TextDocument, world: World, ask: AskWhen) => void;
  /** The version that was checked last. */
  readonly checked: () => number | undefined;
  /** The other files that the last plan rests on. */
  readonly reads: () => readonly string[];
  /** Stops everything under way; nothing is published any more. */
  readonly stop: () => void;
}

/**
 * Watches a document. `publish` gets its findings while the text is still the one they were computed for; a newer text
 * cancels what an older one asked for, down to the connection. `failed` hears of mistakes of our own.
 */
export function watch(
  publish: (document: TextDocument, findings: readonly InstallFinding[]) => void,
  failed: (error: unknown) => void,
): Watch {
  let running: AbortController | undefined;
  let timer: NodeJS.Timeout | undefined;
  let checked: number | undefined;
  let planned: DocumentPlan | undefined;
  let draft: Draft | undefined;
  const stop = (): void => {
    running?.abort();
    running = undefined;
    clearTimeout(timer);
  };
  /** Asks for every image, or only for some while others are being typed. */
  const askAll = (
    document: TextDocument,
    { engine, context: known }: World,
    plan: DocumentPlan,
    facts: Facts,
    only?: ReadonlySet<string>,
  ): void => {
    const before = running;
    running = new AbortController();
    const { signal } = running;
    const { version } = document;
    const sparing =
      (ask: Ask): Ask =>
      (image, depth) =>
        (only === undefined || only.has(formatImage(image)) ? ask : facts.peek)(image, depth);
    const check = (ask: Ask) => engine.check(plan, { ...known, ask: sparing(ask) });
    // Fixes are made when they are asked for. Their images are looked up now, so that they are ready by then.
    const prepare = (ask: Ask) => {
      for (const found of check(ask)) engine.fixes(found, plan.uri, { ...known, ask: sparing(ask) });
    };
    const show = (findings: readonly InstallFinding[]): void => {
      if (!signal.aborted && document.version === version) publish(document, findings);
    };
    settle(check, facts, show, signal)
      .then(() => {
        if (known.settings.network === 'on') return settle(prepare, facts, () => {}, signal);
      })
      .catch(failed);
    // Only now, so that what both have asked for goes on.
    before?.abort();
  };
  return {
    changed(document, world, ask) {
      stop();
      checked = document.version;
      const plan = world.engine.plan(documentOf(document), world.context);
      planned = plan;
      const { facts } = world;
      draft = draftOf(document.getText(), plan, ask === 'when idle' ? draft : undefined);
      if (ask !== 'when idle') {
        askAll(document, world, plan, ask === 'explicitly' ? facts.explicitly() : facts);
        return;
      }
      const complete = completeImages(draft);
      publish(document, world.engine.check(plan, { ...world.context, ask: world.facts.peek }));
      if (plan.installs.length === 0) return;
      timer = setTimeout(() => {
        askAll(document, world, plan, facts, complete);
        if (complete !== undefined) timer = setTimeout(askAll, typing - idle, document, world, plan, facts);
      }, idle);
    },
    checked: () => checked,
    reads: () => planned?.reads ?? [],
    stop,
  };
}
