import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type LanguageServer, residentBytes, type ServerProgram, startServer } from './languageServer';
import type { Row } from './report';
import { bashServer, dockerfileServer, ours, yamlServer } from './servers';
import { median, percentile } from './statistics';
import { type BenchText, dockerfile, largeInstall, manyDocuments, script } from './texts';

export const editorColumns = [
  ours.name,
  yamlServer.name,
  bashServer.name,
  dockerfileServer.name,
  'Node alone',
];

/** A document to type in, and how often each server is made to: a peer may need seconds for one letter. */
interface Scenario {
  readonly what: string;
  readonly text: BenchText;
  /** In milliseconds, for the 95th percentile of ours. */
  readonly goal?: number;
  readonly letters: number;
  readonly lettersOfPeer: number;
}

const install = largeInstall(200);
const documents = { count: 400, lines: 5000 };

const scenarios: readonly Scenario[] = [
  { what: '200 lines, one install', text: install, goal: 3, letters: 100, lettersOfPeer: 100 },
  {
    what: '200 lines, one install, in a comment',
    text: largeInstall(200, 'comment'),
    ...{ letters: 100, lettersOfPeer: 100 },
  },
  {
    what: '5,000 lines in 400 documents, all of them installs',
    text: manyDocuments('only-installs', { ...documents, isInstall: () => true }),
    ...{ goal: 15, letters: 100, lettersOfPeer: 10 },
  },
  {
    what: '5,000 lines in 400 documents, one of them an install',
    text: manyDocuments('one-install', { ...documents, isInstall: index => index === 200 }),
    ...{ goal: 15, letters: 100, lettersOfPeer: 10 },
  },
  {
    what: '50,000 lines without an install',
    text: manyDocuments('no-install', { count: 4000, lines: 50_000, isInstall: () => false }),
    ...{ goal: 15, letters: 100, lettersOfPeer: 4 },
  },
];

const scripts: readonly Scenario[] = [
  {
    what: 'a script of 2,000 lines with an install',
    text: script('install', 2000, true),
    ...{ goal: 10, letters: 100, lettersOfPeer: 20 },
  },
  {
    what: 'a script of 110 KB with an install',
    text: script('large', 3400, true),
    ...{ goal: 60, letters: 100, lettersOfPeer: 10 },
  },
  {
    what: 'a script of 2,000 lines without an install',
    text: script('none', 2000, false),
    ...{ goal: 3, letters: 100, lettersOfPeer: 20 },
  },
];

const dockerfileScenario: Scenario = {
  what: '200 lines, one install',
  text: dockerfile(200),
  ...{ goal: 3, letters: 100, lettersOfPeer: 100 },
};

/** Letters in each document whose times do not count: they run code that the engine of Node has not compiled yet. */
export const warmUp = 30;
const starts = 7;
/** The processes of ours that letters are typed into; of a peer, which takes longer, it is one. */
export const processes = 5;

const bashText = script('start', 200, false);

/** Measures the language servers one after the other, so that none competes with another for the processors. */
export async function measureEditors(): Promise<readonly Row[]> {
  const begun = await measureStarts();
  const all = [...scenarios, ...scripts];
  const [our, yaml, bash, docker] = [
    await measureOften(ours, all, ({ letters }) => letters),
    await measureTyping(yamlServer, scenarios, ({ lettersOfPeer }) => lettersOfPeer),
    await measureTyping(bashServer, scripts, ({ lettersOfPeer }) => lettersOfPeer),
    await measureTyping(dockerfileServer, [dockerfileScenario], ({ lettersOfPeer }) => lettersOfPeer),
  ];
  const row = (what: string, unit: Row['unit'], goal: number | undefined, values: Row['values']): Row => ({
    ...{ what, unit, values },
    ...(goal !== undefined && { goal }),
  });
  const typing = all.flatMap(({ what, goal }) => {
    const values = (pick: (typed: Typed) => number) =>
      [our, yaml, bash, docker].map(server => {
        const typed = server.typed.get(what);
        return typed === undefined ? undefined : pick(typed);
      });
    return [
      row(
        `open → first diagnostics, ${what}`,
        'ms',
        undefined,
        values(typed => typed.open),
      ),
      row(
        `letter → diagnostics, ${what}, median`,
        'ms',
        undefined,
        values(typed => typed.median),
      ),
      row(
        `letter → diagnostics, ${what}, 95th percentile`,
        'ms',
        goal,
        values(typed => typed.late),
      ),
    ];
  });
  const memoryAtEnd = [our, yaml, bash, docker].map(server => server.memory);
  return [
    row(
      'start → answer to initialize',
      'ms',
      150,
      begun.map(({ initialize }) => initialize),
    ),
    row(
      'start → diagnostics of a 200-line file',
      'ms',
      undefined,
      begun.map(({ diagnostics }) => diagnostics),
    ),
    row(
      'first letter after opening → diagnostics, 200 lines, one install',
      'ms',
      undefined,
      begun.map(({ firstLetter }) => firstLetter),
    ),
    row(
      'memory with a 200-line file open',
      'MiB',
      60,
      begun.map(({ memory }) => memory),
    ),
    ...typing,
    row('memory at the end', 'MiB', undefined, memoryAtEnd),
  ];
}

interface Start {
  readonly initialize: number;
  readonly diagnostics: number | undefined;
  readonly memory: number;
  readonly firstLetter: number | undefined;
}

/** Medians over several starts, taken in turns so that a busy moment of the machine hits all. */
async function measureStarts(): Promise<readonly Start[]> {
  const begin = async (program: ServerProgram, text: BenchText): Promise<Start> => {
    const server = await startServer(program);
    const { time, diagnostics } = await server.open(text);
    insist(program, text, diagnostics);
    const begun = {
      initialize: server.initialize,
      diagnostics: server.initialize + time,
      memory: mebibytes(server),
      firstLetter: (await server.type(text, 1))[0],
    };
    await server.stop();
    return begun;
  };
  const subjects = [
    () => begin(ours, install),
    () => begin(yamlServer, install),
    () => begin(bashServer, bashText),
    () => begin(dockerfileServer, dockerfileScenario.text),
    startNode,
  ];
  const runs: Start[][] = subjects.map(() => []);
  for (let run = 0; run < starts; run += 1)
    for (const [index, subject] of subjects.entries()) runs[index]?.push(await subject());
  return runs.map(results => {
    const middle = (pick: (start: Start) => number | undefined) => {
      const times = results.flatMap(result => pick(result) ?? []);
      return times.length === 0 ? undefined : median(times);
    };
    return {
      initialize: median(results.map(result => result.initialize)),
      diagnostics: middle(result => result.diagnostics),
      memory: median(results.map(result => result.memory)),
      firstLetter: middle(result => result.firstLetter),
    };
  });
}

/** What any program for Node costs before it does anything. */
async function startNode(): Promise<Start> {
  const started = performance.now();
  const script = "process.stdout.write('x'); process.stdin.resume()";
  const child = spawn(process.execPath, ['--eval', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const begun = {
    initialize: performance.now() - started,
    diagnostics: undefined,
    firstLetter: undefined,
    memory: residentBytes(child) / 2 ** 20,
  };
  const ended = once(child, 'close');
  child.stdin.end();
  await ended;
  return begun;
}

interface Typed {
  readonly open: number;
  readonly median: number;
  readonly late: number;
}

interface Typing {
  readonly typed: ReadonlyMap<string, Typed>;
  readonly memory: number;
}

/** The medians of several processes: a busy moment of the machine, which spoils one of them, does not decide. */
async function measureOften(...subject: Parameters<typeof measureTyping>): Promise<Typing> {
  const runs: Typing[] = [];
  while (runs.length < processes) runs.push(await measureTyping(...subject));
  const middle = (what: string, pick: (typed: Typed) => number): number =>
    median(
      runs.flatMap(({ typed }) => [...typed].flatMap(([name, one]) => (name === what ? pick(one) : []))),
    );
  const names = [...(runs[0]?.typed.keys() ?? [])];
  return {
    typed: new Map(
      names.map(what => [
        what,
        {
          open: middle(what, ({ open }) => open),
          median: middle(what, typed => typed.median),
          late: middle(what, ({ late }) => late),
        },
      ]),
    ),
    memory: median(runs.map(({ memory }) => memory)),
  };
}

/** One process that all documents are opened in, one after the other. */
async function measureTyping(
  program: ServerProgram,
  texts: readonly Scenario[],
  letters: (scenario: Scenario) => number,
): Promise<Typing> {
  const server = await startServer(program);
  const typed = new Map<string, Typed>();
  for (const scenario of texts) {
    const { what, text } = scenario;
    const { time, diagnostics } = await server.open(text);
    insist(program, text, diagnostics);
    await server.type(text, warmUp);
    const times = await server.type(text, letters(scenario));
    typed.set(what, { open: time, median: median(times), late: percentile(times, 0.95) });
    await server.close(text);
  }
  const memory = mebibytes(server);
  await server.stop();
  return { typed, memory };
}

const mebibytes = (server: LanguageServer): number => server.memory() / 2 ** 20;

/** A server that finds nothing is no use to measure. */
function insist(program: ServerProgram, { uri, installs }: BenchText, diagnostics: number): void {
  if (program === ours && diagnostics < installs)
    throw new Error(
      `${program.name} found ${diagnostics} problems in ${uri}; each of ${installs} installs has one.`,
    );
}
