import { writeFileSync } from 'node:fs';
import { commands } from './commands';
import { registries } from './documents';
import { findings } from './findings';
import { fixes } from './fixes';
import { hovers } from './hovers';
import { idle } from './idle';
import { network } from './network';
import { withRegistries } from './registries';
import { rules } from './rules';
import { scripts } from './scripts';
import { settings } from './settings';

/** A test is a name in plain words and a function that rejects when what the name says is not so. */
export type Tests = Readonly<Record<string, () => Promise<void>>>;

/** Tests, and what has to be there while they run. */
interface Part {
  readonly tests: Tests;
  readonly within: (run: () => Promise<void>) => Promise<void>;
}

const alone: Part['within'] = run => run();

/** In this order: once the language server runs, nothing can be said any more about what does not start it. */
const parts: readonly Part[] = [
  ...[idle, findings, hovers, fixes, settings, commands, scripts, network].map(tests => ({
    tests,
    within: alone,
  })),
  { tests: rules, within: run => withRegistries(registries, run) },
];

/** VS Code calls this in its extension host. Writes the results, as JSON, to the file `MESHFIT_SUITE_REPORT`. */
export async function run(): Promise<void> {
  const report = process.env.MESHFIT_SUITE_REPORT;
  if (report === undefined) throw new Error('MESHFIT_SUITE_REPORT does not name a file for the results');
  const results: Result[] = [];
  try {
    for (const { tests, within } of parts)
      await within(async () => {
        for (const [name, test] of Object.entries(tests)) results.push(await resultOf(name, test));
      });
  } finally {
    writeFileSync(report, JSON.stringify(results));
  }
  if (results.some(result => result.why !== undefined)) throw new Error('the suite failed');
}

interface Result {
  readonly name: string;
  /** Why it failed, where it did. */
  readonly why?: string;
}

async function resultOf(name: string, test: () => Promise<void>): Promise<Result> {
  try {
    await test();
    console.log(`ok ${name}`);
    return { name };
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.log(`not ok ${name}: ${why}`);
    return { name, why };
  }
}
