import { writeFileSync } from 'node:fs';
import { commands } from './commands';
import { findings } from './findings';
import { fixes } from './fixes';
import { hovers } from './hovers';
import { idle } from './idle';
import { network } from './network';
import { scripts } from './scripts';
import { settings } from './settings';

/** A test is a name in plain words and a function that rejects when what the name says is not so. */
export type Tests = Readonly<Record<string, () => Promise<void>>>;

/** In this order: once the language server runs, nothing can be said any more about what does not start it. */
const suite: readonly Tests[] = [idle, findings, hovers, fixes, settings, commands, scripts, network];

/** VS Code calls this in its extension host. Writes the results, as JSON, to the file `MESHFIT_SUITE_REPORT`. */
export async function run(): Promise<void> {
  const results: { name: string; why?: string }[] = [];
  for (const [name, test] of suite.flatMap(tests => Object.entries(tests))) {
    try {
      await test();
      results.push({ name });
      console.log(`ok ${name}`);
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      results.push({ name, why });
      console.log(`not ok ${name}: ${why}`);
    }
  }
  const report = process.env.MESHFIT_SUITE_REPORT;
  if (report === undefined) throw new Error('MESHFIT_SUITE_REPORT does not name a file for the results');
  writeFileSync(report, JSON.stringify(results));
  if (results.some(result => result.why !== undefined)) throw new Error('the suite failed');
}
