import { type RunningRegistry, startRegistry } from '../demo/registry';
import type { Ask } from './ask';
import { createFetcher } from './fetcher';
import { measureHover } from './hover';
import { askWith, insistOnAnswers, registryClient, wanted } from './ourClient';
import { measureOverhead } from './overhead';
import { type Programs, platformsWords, preparePrograms, skopeoWords } from './programs';
import type { Row, Section } from './report';
import { median } from './statistics';
import { timeOf } from './timing';

/** What each request to the registry waits, to stand for a network (ms). */
const delay = 50;
const runs = 5;

interface Lookup {
  readonly what: string;
  /** What a client has asked before, and is free to remember. */
  readonly before: readonly string[];
  readonly image: string;
  /** The most requests that ours may send. */
  readonly goal: number;
}

const index = 'istio/pilot:1.20.0';
const anotherIndex = 'istio/pilot:1.20.1';
const singleManifest = 'istio/pilot:1.14.1';

const lookups: readonly Lookup[] = [
  { what: 'an index, nothing known', before: [], image: index, goal: 3 },
  { what: 'an index, its repository known', before: [index], image: anotherIndex, goal: 1 },
  { what: 'the same index again', before: [index], image: index, goal: 0 },
  { what: 'a single manifest, its repository known', before: [index], image: singleManifest, goal: 2 },
];

/** Eight images of eight repositories, each of which wants a token of its own. */
const installed = ['pilot', 'proxyv2', 'install-cni', 'ztunnel', 'operator']
  .map(name => `istio/${name}:1.20.0`)
  .concat(['pilot', 'proxyv2', 'install-cni'].map(name => `ghcr.io/resf/istio/${name}:1.14.3`));

/** Looks the same images up in the same embedded registry, which wants tokens, with our client and its peers. */
export async function measureLookups(): Promise<Section> {
  const registry = await startRegistry({ delay, auth: true });
  const programs = await preparePrograms();
  const { hasSkopeo } = programs;
  try {
    const clients: readonly (undefined | (() => Ask))[] = [
      () => askWith(registryClient(registry)),
      () => createFetcher(registry.url),
      () => program(programs, process.execPath, image => platformsWords(registry, [image])),
      hasSkopeo
        ? () => program(programs, 'skopeo', image => skopeoWords(registry, image, image === singleManifest))
        : undefined,
    ];
    const rows: Row[] = [];
    for (const lookup of lookups) rows.push(...(await measureLookup(lookup, clients, registry)));
    rows.push(await measureInstall(registry));
    return {
      title: `Registry lookups, ${delay} ms per request, a token for each repository`,
      columns: ['Meshfit', 'plain fetch', 'meshfit platforms', 'skopeo inspect --raw'],
      rows: [...rows, ...(await measureOverhead()), ...(await measureHover())],
      notes: [
        ...(hasSkopeo ? [] : ['skipped: install skopeo to measure it, too.']),
        'The last two columns are whole programs, which remember nothing from one run to the next; the first two are calls within one.',
        'A single manifest does not tell its platform, so `skopeo inspect --raw --config` reads the config of it as well.',
      ],
    };
  } finally {
    await registry.close();
    programs.close();
  }
}

/** The most requests and the median time over several runs, each with a client that has asked only `before`. */
async function measureLookup(
  { what, before, image, goal }: Lookup,
  clients: readonly (undefined | (() => Ask))[],
  registry: RunningRegistry,
): Promise<readonly Row[]> {
  const requests: (number | undefined)[] = [];
  const times: (number | undefined)[] = [];
  for (const client of clients) {
    const counted: number[] = [];
    const timed: number[] = [];
    for (let count = 0; client !== undefined && count < runs; count += 1) {
      const ask = client();
      for (const earlier of before) await ask(earlier);
      const sent = registry.requests().length;
      timed.push(await timeOf(() => ask(image)));
      counted.push(registry.requests().length - sent);
    }
    requests.push(client === undefined ? undefined : Math.max(...counted));
    times.push(client === undefined ? undefined : median(timed));
  }
  return [
    { what, unit: 'requests', goal, values: requests },
    { what, unit: 'ms', values: times },
  ];
}

async function measureInstall(registry: RunningRegistry): Promise<Row> {
  const ours: number[] = [];
  const fetched: number[] = [];
  for (let count = 0; count < runs; count += 1) {
    const client = registryClient(registry);
    ours.push(await timeOf(() => client.load(installed.map(wanted))));
    insistOnAnswers(client, installed);
    const ask = createFetcher(registry.url);
    fetched.push(await timeOf(() => Promise.all(installed.map(ask))));
  }
  return {
    what: '8 images of 8 repositories at once, nothing known',
    unit: 'ms',
    goal: 500,
    values: [median(ours), median(fetched)],
  };
}

/** A program that is run anew for each image. */
const program =
  (programs: Programs, name: string, words: (image: string) => readonly string[]): Ask =>
  image =>
    programs.run(name, words(image));
