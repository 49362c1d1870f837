import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type RunningRegistry, startRegistry } from '../../demo/registry';
import { meshfit } from '../support/commandLine';

/**
 * Each file below golden/ starts with a command line and ends with its exit status; between them stands what it prints.
 * `UPDATE=1` rewrites them. `REGISTRY` stands for the embedded registry, which serves docker.io and ghcr.io, `TIME`
 * for the time at which it was asked.
 */
const folder = 'test/cli/golden';

let registry: RunningRegistry;
before(async () => {
  registry = await startRegistry();
});
after(() => registry.close());

for (const name of readdirSync(folder))
  test(`golden: ${name}`, async () => {
    const wanted = readFileSync(`${folder}/${name}`, 'utf8');
    const [first = ''] = wanted.split('\n');
    const words = first
      .replace('$ meshfit ', '')
      .replaceAll('REGISTRY', registry.url)
      .split(' ')
      .filter(word => word !== '');
    const { status, stdout, stderr } = await meshfit(words);
    const actual = `${first}\n${stdout}${stderr}exit ${status}\n`
      .replaceAll(registry.url, 'REGISTRY')
      .replaceAll(new URL(registry.url).host, 'REGISTRY')
      .replaceAll(pathToFileURL('.').href, 'file:///repository')
      .replace(/"seen": "[\d-]+T[\d:.]+Z"/g, '"seen": "TIME"');
    if (process.env.UPDATE === '1') writeFileSync(`${folder}/${name}`, actual);
    assert.equal(actual, process.env.UPDATE === '1' ? actual : wanted);
  });
