// Writes the tables that follow from Istio's own sources: `npm run facts -- PATH_TO_ISTIO_CHECKOUT`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chartSurprises } from './facts/charts.mjs';
import { openCheckout } from './facts/checkout.mjs';
import { flagRows } from './facts/flags.mjs';
import { imageRows } from './facts/images.mjs';
import { chartProfileRows, profileRows } from './facts/profiles.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { into: { type: 'string', default: 'server/src/meshes/istio' } },
});
const [path] = positionals;
if (path === undefined || positionals.length > 1) {
  console.error('usage: npm run facts -- PATH_TO_ISTIO_CHECKOUT [--into FOLDER]');
  process.exit(2);
}
const checkout = openCheckout(path);
if (checkout.releases.length === 0) {
  console.error(`${path} has no tags of releases such as 1.14.0; fetch them with git fetch --tags`);
  process.exit(1);
}
const range = "import type { Range } from './version';";
const entry = `export interface ProfileEntry extends Range {\n  readonly name: string;\n  readonly spec: Plain;\n}`;
write(
  'profileTable.ts',
  `import type { Plain } from './builtin';\n${range}\n\n/** A profile, as far as it decides about images. */\n${entry}`,
  ['/** The profiles of istioctl. */', 'profileTable', 'readonly ProfileEntry[]', profileRows(checkout)],
  [
    '/** What the charts add for a profile. */',
    'chartProfileTable',
    'readonly ProfileEntry[]',
    chartProfileRows(checkout),
  ],
);
write('imageTable.ts', range, [
  '/** The images that the release flow builds. */',
  'imageTable',
  'readonly (Range & { readonly image: string })[]',
  imageRows(checkout),
]);
write('flagTable.ts', '', [
  '/** The flags of the commands that install. */',
  'flagTable',
  'readonly { readonly name: string; readonly short?: string; readonly takesValue: boolean }[]',
  flagRows(checkout),
]);
const surprises = chartSurprises(checkout);
for (const surprise of surprises) console.error(surprise);
const [first, last] = [checkout.releases[0], checkout.releases.at(-1)];
console.log(
  `${checkout.releases.length} versions, ${first.tag} to ${last.tag}; see what changed with git diff`,
);
process.exitCode = surprises.length > 0 ? 1 : 0;

/** A module of tables; formatted, so that running this again changes nothing. */
function write(name, head, ...tables) {
  const exported = tables.map(
    ([comment, table, type, rows]) =>
      `${comment}\nexport const ${table}: ${type} = ${JSON.stringify(rows)};\n`,
  );
  const text = [
    '// Written by `npm run facts`; changes by hand are lost.',
    ...(head === '' ? [] : [head]),
    '',
    ...exported,
  ].join('\n');
  const words = ['node_modules/@biomejs/biome/bin/biome', 'format', `--stdin-file-path=${name}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} can't be formatted: ${stderr}`);
  mkdirSync(values.into, { recursive: true });
  writeFileSync(join(values.into, name), stdout);
}
