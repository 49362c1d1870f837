import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { editorColumns, measureEditors, processes, warmUp } from './editors';
import { measureLookups } from './lookups';
import { measureManyImages } from './manyImages';
import { isMet, markdown, type Section } from './report';

/** Measures everything, prints it, and writes out/bench.md (and out/bench.json with `--json`). */
async function main(): Promise<void> {
  const started = performance.now();
  const before = loadavg();
  const editors: Section = {
    title: 'Language servers',
    columns: editorColumns,
    rows: await measureEditors(),
    notes: [
      'All are asked over standard input and output by the same client. ×N: how much of the peer’s figure ours is.',
      `The first ${warmUp} letters typed into each document do not count, for any server: they run code that Node has not compiled yet. The row of the first letter shows what they may take.`,
      `What letters take is, for Meshfit, the median of ${processes} processes with 100 letters each; of a peer it is one process.`,
      'Letters are typed at the end of a value, except where a comment is named.',
      'yaml-language-server waits 200 ms after each letter before it checks. It has no schemas here, so it checks syntax only.',
      'dockerfile-language-server has a Dockerfile of 200 lines open, the others YAML.',
    ],
  };
  const sections = [editors, await measureLookups(), await measureManyImages()];
  const seconds = Math.round((performance.now() - started) / 1000);
  const load = (averages: readonly number[]) => averages[0]?.toFixed(1);
  const text = markdown('Meshfit beside its peers', sections).concat(
    `\nNode ${process.versions.node} on ${process.platform}/${process.arch}, ${cpus().length} processors, `,
    `load average ${load(before)} before and ${load(loadavg())} after, ${seconds} s in all.\n`,
  );
  mkdirSync('out', { recursive: true });
  writeFileSync('out/bench.md', text);
  if (process.argv.includes('--json')) writeFileSync('out/bench.json', json(sections));
  console.log(text);
}

function json(sections: readonly Section[]): string {
  const figures = sections.flatMap(({ title, columns, rows }) =>
    rows.map(row => ({
      section: title,
      ...{ what: row.what, unit: row.unit, goal: row.goal, met: isMet(row) },
      values: Object.fromEntries(columns.map((column, index) => [column, row.values[index]])),
    })),
  );
  return `${JSON.stringify({ version: 1, figures }, null, 2)}\n`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
