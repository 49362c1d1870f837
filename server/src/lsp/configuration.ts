import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import type { ReadFile } from '../core/document';
import { nameOf } from '../core/settingNames';
import type { Settings } from '../core/settings';
import type { Engine } from '../engine';
import type { Guard } from './guard';
import type { RegistryFacts } from './host';
import { keepWhileSame } from './keepWhileSame';
import type { InitializationOptions } from './protocol';
import { settingsFrom } from './settings';
import type { World } from './world';

export interface ConfigurationOptions {
  readonly connection: Connection;
  readonly guard: Guard;
  readonly facts: (settings: Settings) => Promise<RegistryFacts>;
  readonly read: ReadFile;
  /** What the editor has said of itself so far, and whether it answers `workspace/configuration`. */
  readonly said: () => { readonly options: InitializationOptions; readonly asksForSettings: boolean };
  /** Called when there is another world. */
  readonly changed: () => void;
}

/** What the user's settings make of the server. */
export interface Configuration {
  /** Reads the settings and makes the world that they stand for; of several runs at once only the last one counts. */
  readonly configure: () => Promise<void>;
  /** `undefined` until the settings are known; documents that are opened before wait for them. */
  readonly world: () => World | undefined;
  /** Resolves when the settings are known. */
  readonly ready: Promise<void>;
  /** The facts of the last settings. */
  readonly facts: () => Promise<RegistryFacts> | undefined;
}

export function createConfiguration(its: ConfigurationOptions): Configuration {
  const { connection, guard, read, said, changed } = its;
  let world: World | undefined;
  let latest: object | undefined;
  /** The engine is by far the larger part of the program: an editor gets its answer to `initialize` before it is loaded. */
  let loading: Promise<Engine> | undefined;
  let settingsKnown = (): void => {};
  const ready = new Promise<void>(resolve => {
    settingsKnown = resolve;
  });
  const loadEngine = (): Promise<Engine> => {
    loading ??= import('../engine').then(({ createEngine }) => createEngine());
    return loading;
  };
  const facts = keepWhileSame(
    async (settings: Settings): Promise<RegistryFacts> => {
      const before = facts.last();
      const made = its.facts(settings);
      (await before)?.close();
      return made;
    },
    ({ platforms, hubs, istioVersion, defaultHub, defaultTag, ...network }) => network,
  );
  const tell = (message: string): void => {
    const params = { type: MessageType.Warning, message };
    connection.sendNotification(ShowMessageNotification.method, params).catch(guard.report);
  };
  /** The sections `meshfit` and `http`; `undefined` from an editor that fails to answer. */
  const askForSettings = async (): Promise<readonly unknown[] | undefined> => {
    const sections = [{ section: 'meshfit' }, { section: 'http' }];
    const answer: unknown = await connection.workspace.getConfiguration(sections).catch(guard.report);
    return Array.isArray(answer) ? answer : undefined;
  };
  return {
    world: () => world,
    ready,
    facts: facts.last,
    async configure() {
      const run = {};
      latest = run;
      const sections = said().asksForSettings ? await askForSettings() : [said().options.settings];
      // What was said before still holds: the defaults would ask registries that the user may have ruled out.
      if (sections === undefined && world !== undefined) return;
      const [section, http] = sections ?? [];
      const { trusted = true, copies = false, allows = false, verifies = false } = said().options;
      const { settings, problems } = settingsFrom(section, http, trusted);
      if (run !== latest) return;
      for (const { name, why } of problems) tell(`The setting ${nameOf(name)} is not used: ${why}.`);
      const [engine, answers] = await Promise.all([loadEngine(), facts(settings)]);
      if (run !== latest) return;
      world = { engine, context: { settings, readFile: read }, facts: answers, copies, allows, verifies };
      changed();
      settingsKnown();
    },
  };
}
