import { demoImages } from '../demo/images';
import { startRegistry } from '../demo/registry';
import { createFetcher } from './fetcher';
import { askWith, registryClient } from './ourClient';
import type { Row } from './report';
import { median } from './statistics';

/** Images whose times do not count, and how many are asked for in a row before it is the other client's turn. */
const warmUp = 40;
const block = 20;
const goal = 3;

/**
 * What our client costs beyond a plain `fetch` of the same URLs, from a registry that answers at once: the difference
 * of the medians in time, of the means in processor time.
 */
export async function measureOverhead(): Promise<readonly Row[]> {
  const registry = await startRegistry({ auth: true });
  const ours = askWith(registryClient(registry));
  const plain = createFetcher(registry.url);
  const images = demoImages()
    .filter(({ repository, form }) => repository === 'istio/pilot' && form === 'docker list')
    .map(({ repository, tag }) => `${repository}:${tag}`);
  const spent = [
    { ask: ours, times: [] as number[], cpu: 0 },
    { ask: plain, times: [] as number[], cpu: 0 },
  ];
  for (const image of images.slice(0, warmUp)) for (const { ask } of spent) await ask(image);
  for (let from = warmUp; from < images.length; from += block)
    for (const client of spent) {
      const before = process.cpuUsage();
      for (const image of images.slice(from, from + block)) {
        const started = performance.now();
        await client.ask(image);
        client.times.push(performance.now() - started);
      }
      const { user, system } = process.cpuUsage(before);
      client.cpu += (user + system) / 1000;
    }
  await registry.close();
  const [time = Number.NaN, timeOfPlain = Number.NaN] = spent.map(({ times }) => median(times));
  const [cpu = Number.NaN, cpuOfPlain = Number.NaN] = spent.map(({ cpu, times }) => cpu / times.length);
  return [
    { what: 'own overhead per lookup, time', unit: 'ms', goal, values: [time - timeOfPlain] },
    { what: 'own overhead per lookup, processor time', unit: 'ms', goal, values: [cpu - cpuOfPlain] },
  ];
}
