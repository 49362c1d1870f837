import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentPlan } from '../core/document';
import type { Ask } from '../core/fact';
import type { InstallFinding } from '../engine';
import { settle } from '../settle';
import { documentOf, type World } from './world';

/** How long the text must rest before anything is asked for it, so that a half-typed tag is not looked up (ms). */
const idle = 400;

/** Keeps one open document's findings up to date. */
export interface Watch {
  /** Publishes what is known now, and asks for the rest: at once, or when the text has rested. */
  readonly changed: (document: TextDocument, world: World, ask: 'at once' | 'when idle') => void;
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
  const stop = (): void => {
    running?.abort();
    running = undefined;
    clearTimeout(timer);
  };
  const askAll = (document: TextDocument, world: World, plan: DocumentPlan): void => {
    running = new AbortController();
    const { signal } = running;
    const { version } = document;
    const { engine, facts, context: known } = world;
    const check = (ask: Ask) => engine.check(plan, { ...known, ask });
    // Fixes are made when they are asked for. Their images are looked up now, so that they are ready by then.
    const prepare = (ask: Ask) => {
      for (const found of check(ask)) engine.fixes(found, plan.uri, { ...known, ask });
    };
    const show = (findings: readonly InstallFinding[]): void => {
      if (!signal.aborted && document.version === version) publish(document, findings);
    };
    settle(check, facts, show, signal)
      .then(() => {
        if (known.settings.network === 'on') return settle(prepare, facts, () => {}, signal);
      })
      .catch(failed);
  };
  return {
    changed(document, world, ask) {
      stop();
      checked = document.version;
      const plan = world.engine.plan(documentOf(document), world.context);
      planned = plan;
      if (ask === 'at once') {
        askAll(document, world, plan);
        return;
      }
      publish(document, world.engine.check(plan, { ...world.context, ask: world.facts.peek }));
      if (plan.installs.length > 0) timer = setTimeout(askAll, idle, document, world, plan);
    },
    checked: () => checked,
    reads: () => planned?.reads ?? [],
    stop,
  };
}
