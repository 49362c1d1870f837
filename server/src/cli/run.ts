import type { Depth } from '../core/fact';
import type { Settings } from '../core/settings';
import { printable } from '../core/words';
import type { Engine } from '../engine';
import { version } from '../version';
import { type Arguments, type Format, parseArguments } from './arguments';
import { check } from './check';
import { type FoundInputs, findInputs } from './inputs';
import type { Io } from './io';
import { folderUri, locator } from './locator';
import { commandLine, planOfWords, plansOfFiles } from './plan';
import { platforms, platformsExitCode, platformsJson, platformsText } from './platforms';
import { checkGithub } from './report/github';
import { checkJson } from './report/json';
import { checkJunit } from './report/junit';
import type { CheckReport } from './report/model';
import { planJson, planText } from './report/plan';
import { checkSarif } from './report/sarif';
import { checkText } from './report/text';
import { settingsOf } from './settings';
import { usage } from './usage';

/** 0 nothing found, 1 findings, 2 bad usage, 3 something could not be decided (and nothing worse). */
export type ExitCode = 0 | 1 | 2 | 3;

/** The whole command line as a function: the words after `meshfit` and the world in, the exit status out. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parseArguments(argv);
  if (parsed.kind === 'bad') return badUsage(`${parsed.why} (meshfit --help tells more)`, io);
  const settings = settingsOf(parsed.arguments, io.directory);
  if (typeof settings === 'string') return badUsage(settings, io);
  const { arguments: args } = parsed;
  switch (args.command) {
    case 'help':
      io.stdout(usage);
      return 0;
    case 'version':
      io.stdout(`meshfit ${version}\n`);
      return 0;
    case 'check':
      return runCheck(args, settings, io);
    case 'plan':
      return runPlan(args, settings, io);
    case 'platforms':
      return runPlatforms(args, settings, io);
  }
}

/** Loaded when it is needed: what only says the version has no use for the larger part of the program. */
const loadEngine = async (depth: Depth = 'index'): Promise<Engine> =>
  (await import('../engine')).createEngine(depth);

function badUsage(why: string, io: Io): ExitCode {
  io.stderr(`meshfit: ${why}\n`);
  return 2;
}

async function runCheck(args: Arguments, settings: Settings, io: Io): Promise<ExitCode> {
  const { operands, format } = args;
  const engine = await loadEngine(depthOf(args));
  const inputs = inputsOf(operands, engine, io);
  if (inputs.kind === 'bad') return badUsage(inputs.why, io);
  const report = await check(inputs, engine, settings, io.facts(settings, args), io.directory);
  io.stdout(printed(report, format, engine, io));
  if (format !== 'text') for (const note of report.notes) io.stderr(`meshfit: ${printable(note)}\n`);
  return checkExitCode(report);
}

function printed(report: CheckReport, format: Format, { rules }: Engine, { colours }: Io): string {
  switch (format) {
    case 'text':
      return checkText(report, colours);
    case 'json':
      return checkJson(report);
    case 'sarif':
      return checkSarif(report, rules);
    case 'github':
      return checkGithub(report);
    case 'junit':
      return checkJunit(report);
  }
}

const depthOf = ({ verify }: Arguments): Depth => (verify ? 'images' : 'index');

const checkExitCode = ({ findings, undecided }: CheckReport): ExitCode => {
  if (findings.length > 0) return 1;
  return undecided.length > 0 ? 3 : 0;
};

async function runPlan(
  { operands, words, format }: Arguments,
  settings: Settings,
  io: Io,
): Promise<ExitCode> {
  const engine = await loadEngine();
  if (words !== undefined) {
    if (operands.length > 0) return badUsage('name files, or a command line after --, not both', io);
    const plan = planOfWords(words, folderUri(io.directory), engine, settings);
    if (plan === undefined) return badUsage(noInstall(words), io);
    const line = { uri: commandLine, name: 'command line', text: words.join(' ') };
    const locate = locator([line], io.directory);
    io.stdout(format === 'json' ? planJson([plan], locate) : planText([plan], locate, io.colours));
    return 0;
  }
  const inputs = inputsOf(operands, engine, io);
  if (inputs.kind === 'bad') return badUsage(inputs.why, io);
  const plans = plansOfFiles(inputs.files, folderUri(io.directory), engine, settings);
  const locate = locator(inputs.files, io.directory);
  io.stdout(format === 'json' ? planJson(plans, locate) : planText(plans, locate, io.colours));
  return 0;
}

function noInstall(words: readonly string[]): string {
  const [first, ...rest] = words;
  if (first === undefined) return 'write a command line after --, such as istioctl install';
  if (words.length === 1 && /\s/.test(first))
    return `write the command after -- without quotes around all of it: ${first}`;
  const wrapped = rest.some(word => /(?:^|\/)(?:istioctl|helm)/.test(word));
  const hint = wrapped ? `; leave out "${first}" and what else stands before the command` : '';
  return `"${words.join(' ')}" is no command of istioctl or helm that installs Istio${hint}`;
}

const inputsOf = (operands: readonly string[], engine: Engine, io: Io): FoundInputs =>
  findInputs(operands.length === 0 ? ['.'] : operands, io.directory, engine);

async function runPlatforms(args: Arguments, settings: Settings, io: Io): Promise<ExitCode> {
  const { operands, format } = args;
  if (operands.length === 0) return badUsage('name at least one image, for example istio/pilot:1.20.0', io);
  // Without --platform the question is what there is, not whether it is enough.
  const targets = args.settings.platforms === undefined ? [] : settings.platforms;
  const depth = depthOf(args);
  const { released } = await loadEngine(depth);
  const images = await platforms(operands, { targets, depth, facts: io.facts(settings, args), released });
  io.stdout(format === 'json' ? platformsJson(images) : platformsText(images, io.colours));
  return platformsExitCode(images);
}
