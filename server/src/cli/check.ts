import { relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Ask } from '../core/fact';
import type { Finding, Fix, Recipe } from '../core/finding';
import { type Lines, linesOf } from '../core/lines';
import { placed } from '../core/place';
import type { Settings } from '../core/settings';
import { readFromDisk, textOnDisk } from '../disk';
import type { Engine } from '../engine';
import { type Facts, settle } from '../settle';
import type { Input, Inputs } from './inputs';
import type { CheckReport, Locate, Reported } from './report/model';

/** Checks the inputs and waits until everything is known that can be. `directory` is what file names are relative to. */
export async function check(
  inputs: Inputs,
  engine: Engine,
  settings: Settings,
  facts: Facts,
  directory: string,
): Promise<CheckReport> {
  const known = { settings, readFile: readFromDisk([folderUri(directory)]) };
  const plans = inputs.files.map(file => engine.plan(file, known));
  const round = (ask: Ask) =>
    plans.flatMap(planned => {
      const context = { ...known, ask };
      return engine.check(planned, context).map(
        (found): Found => ({
          input: planned.uri,
          finding: placed(found.finding, planned.uri, found.planned.chunk.start),
          fixes: engine.fixes(found, planned.uri, context),
          recipes: engine.recipes(found, planned.uri, context),
        }),
      );
    });
  const found = once(await settle(round, facts, () => {}));
  const locate = locator(inputs.files, directory);
  const reported = found.map(
    ({ finding, fixes, recipes }): Reported => ({
      finding,
      fixes,
      recipes,
      place: locate(finding.site),
      install: locate(finding.install),
    }),
  );
  const decided = ({ finding }: Reported) => finding.code !== 'could-not-check';
  const installs = plans.flatMap(plan => plan.installs);
  return {
    findings: reported.filter(decided),
    undecided: reported.filter(item => !decided(item)),
    looked: inputs.looked,
    files: plans.filter(plan => plan.installs.length > 0).length,
    installs: installs.length,
    images: installs.flatMap(({ plan }) => plan.images).length,
    notes: inputs.notes,
  };
}

/** The URI of a folder, with a slash at its end. */
export const folderUri = (path: string): string => pathToFileURL(`${path}/`).href;

interface Found {
  readonly finding: Finding;
  readonly fixes: readonly Fix[];
  readonly recipes: readonly Recipe[];
  /** The input that led to it. */
  readonly input: string;
}

/** Of findings that several inputs lead to the one of the file that it stands in, else the first. */
function once(found: readonly Found[]): readonly Found[] {
  const said = new Map<string, Found>();
  for (const one of found) {
    const { code, site, message } = one.finding;
    const key = JSON.stringify([code, site.uri, site.span, message]);
    if (!said.has(key) || site.uri === one.input) said.set(key, one);
  }
  const kept = new Set(said.values());
  return found.filter(one => kept.has(one));
}

/** Turns sites into lines and columns, in the inputs and in the files that they refer to. */
export function locator(files: readonly Input[], directory: string): Locate {
  const known = new Map<string, { name: string; lines: Lines }>();
  const fileAt = (uri: string) => {
    const input = files.find(file => file.uri === uri);
    const name = input?.name ?? (uri.startsWith('file:') ? relative(directory, fileURLToPath(uri)) : uri);
    const text = input?.text ?? textOnDisk(uri) ?? '';
    const file = known.get(uri) ?? { name, lines: linesOf(text) };
    known.set(uri, file);
    return file;
  };
  return ({ uri, span }) => {
    const { name, lines } = fileAt(uri);
    const start = lines.positionAt(span.start);
    return { file: name, start, end: lines.positionAt(span.end), text: lines.textAt(start.line) };
  };
}
