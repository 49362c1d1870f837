import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningRegistry, startRegistry } from '../demo/registry';
import { startServer } from './languageServer';
import type { Row } from './report';
import { ours } from './servers';
import { percentile } from './statistics';
import { largeInstall } from './texts';

const warmUp = 20;
const hovers = 100;
const goal = 5;

/** The time of a hover over an image that a registry was asked for before, by this process or by an earlier one. */
export async function measureHover(): Promise<readonly Row[]> {
  const registry = await startRegistry();
  const cache = mkdtempSync(join(tmpdir(), 'meshfit-bench-'));
  try {
    const first = await hoverTimes(registry, cache);
    const asked = registry.requests().length;
    const later = await hoverTimes(registry, cache);
    if (asked === 0 || registry.requests().length > asked)
      throw new Error('The registry was asked for nothing, or by the second server, too.');
    const late = (times: readonly number[]) => [percentile(times.slice(warmUp), 0.95)];
    return [
      { what: 'hover, the answer remembered, 95th percentile', unit: 'ms', goal, values: late(first) },
      { what: 'hover, the answer from disk, 95th percentile', unit: 'ms', goal, values: late(later) },
    ];
  } finally {
    await registry.close();
    rmSync(cache, { recursive: true });
  }
}

async function hoverTimes({ url }: RunningRegistry, cache: string): Promise<readonly number[]> {
  const mirrors = { 'docker.io': url, 'ghcr.io': url };
  const settings = { meshfit: { mirrors, mirrorFallback: false } };
  const server = await startServer({ ...ours, settings, env: { MESHFIT_CACHE_DIR: cache } });
  const install = largeInstall(200);
  const lines = install.text.split('\n');
  const line = lines.findIndex(content => content.startsWith('  tag: '));
  const tag = { line, character: '  tag: '.length };
  await server.open(install);
  const times: number[] = [];
  const deadline = performance.now() + 30_000;
  while (times.length < warmUp + hovers) {
    const { time, text } = await server.hover(install, tag);
    if (/By the mirror/.test(text)) times.push(time);
    else if (performance.now() > deadline) throw new Error(`The hover shows no registry's answer: ${text}`);
  }
  await server.stop();
  return times;
}
