import { demoImages } from '../demo/images';
import { type RunningRegistry, startRegistry } from '../demo/registry';
import { createFetcher } from './fetcher';
import { insistOnAnswers, registryClient, wanted } from './ourClient';
import { type Programs, platformsWords, preparePrograms, skopeoWords } from './programs';
import type { Row, Section } from './report';
import { median } from './statistics';
import { timeOf } from './timing';

/** What each request to the registry waits, to stand for a network (ms). */
const delay = 100;
const runs = 3;

/** How many images, and the most that ours may need for them: requests, and milliseconds. */
const counts = [
  { count: 1, requests: 3, time: 350 },
  { count: 8, requests: 10, time: 800 },
  { count: 50, requests: 52, time: 2500 },
] as const;

/** What a client does with several images, when it knows nothing yet. */
type AskAll = (images: readonly string[]) => Promise<unknown>;

/** Looks several images up at once in the same embedded registry, which wants tokens, with our client and its peers. */
export async function measureManyImages(): Promise<Section> {
  const registry = await startRegistry({ delay, auth: true });
  const programs = await preparePrograms();
  const images = severalRepositories();
  const rows: Row[] = [];
  try {
    for (const { count, requests, time } of counts) {
      const clients = clientsOf(registry, programs);
      const measured = [];
      for (const client of clients) measured.push(await measure(registry, client, images.slice(0, count)));
      const what = count === 1 ? '1 image' : `${count} images`;
      rows.push(
        { what, unit: 'requests', goal: requests, values: measured.map(each => each?.requests) },
        { what, unit: 'ms', goal: time, values: measured.map(each => each?.time) },
      );
    }
  } finally {
    programs.close();
    await registry.close();
  }
  return {
    title: `Several images of one registry at once, nothing known, ${delay} ms per request, tokens wanted`,
    columns: ['Meshfit', 'plain fetch', 'meshfit platforms', 'skopeo inspect --raw'],
    rows,
    notes: [
      'The images are of five repositories. Ours asks for at most four at a time, and plain fetch for all at once.',
      '`meshfit platforms` is run once for all images, skopeo once for each, four at a time.',
      ...(programs.hasSkopeo ? [] : ['skipped: install skopeo to measure it, too.']),
    ],
  };
}

function clientsOf(registry: RunningRegistry, programs: Programs): readonly (AskAll | undefined)[] {
  const skopeo: AskAll = images =>
    fourAtATime(images, image => programs.run('skopeo', skopeoWords(registry, image, false)));
  return [
    async images => {
      const client = registryClient(registry);
      await client.load(images.map(wanted));
      insistOnAnswers(client, images);
    },
    images => Promise.all(images.map(createFetcher(registry.url))),
    images => programs.run(process.execPath, platformsWords(registry, images)),
    programs.hasSkopeo ? skopeo : undefined,
  ];
}

/** The most requests, and the median time. */
async function measure(registry: RunningRegistry, client: AskAll | undefined, images: readonly string[]) {
  if (client === undefined) return undefined;
  const requests: number[] = [];
  const times: number[] = [];
  for (let count = 0; count < runs; count += 1) {
    const sent = registry.requests().length;
    times.push(await timeOf(() => client(images)));
    requests.push(registry.requests().length - sent);
  }
  return { requests: Math.max(...requests), time: median(times) };
}

/** Fifty indexes, ten of each of five repositories, of which the first eight images have all. */
function severalRepositories(): readonly string[] {
  const repositories = ['pilot', 'proxyv2', 'install-cni', 'ztunnel', 'operator'];
  const lists = repositories.map(name =>
    demoImages()
      .filter(({ repository, form }) => repository === `istio/${name}` && form === 'docker list')
      .map(({ repository, tag }) => `${repository}:${tag}`),
  );
  return Array.from({ length: 10 }, (_, index) => lists.flatMap(list => list.slice(index, index + 1))).flat();
}

async function fourAtATime(items: readonly string[], job: (item: string) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await job(item);
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
}
