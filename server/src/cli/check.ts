import type { DocumentPlan, PlannedInstall } from '../core/document';
import type { Ask } from '../core/fact';
import type { Finding, Fix, Recipe } from '../core/finding';
import { placed } from '../core/place';
import type { Settings } from '../core/settings';
import { textOf } from '../core/text';
import { readFromDisk } from '../disk';
import type { Engine } from '../engine';
import { type Facts, settle } from '../settle';
import type { Inputs } from './inputs';
import { folderUri, locator } from './locator';
import type { CheckedInstall, CheckReport, Locate, Reported } from './report/model';

/** Checks the inputs and waits until everything is known that can be. `directory` is what file names are relative to. */
export async function check(
  inputs: Inputs,
  engine: Engine,
  settings: Settings,
  facts: Facts,
  directory: string,
): Promise<CheckReport> {
  const root = folderUri(directory);
  const known = { settings, readFile: readFromDisk([root]) };
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
  const reported = found.map(one => reportedFrom(one, locate));
  const byKey = new Map(reported.map(one => [keyOf(one.finding), one]));
  const checkedInstall = (plan: DocumentPlan, install: PlannedInstall): CheckedInstall => {
    const alone = engine.check({ ...plan, installs: [install] }, { ...known, ask: facts.peek });
    const keys = alone.map(({ finding }) => keyOf(placed(finding, plan.uri, install.chunk.start)));
    return {
      name: nameOf(install, plan.uri),
      place: locate(placed(install.plan.anchor, plan.uri, install.chunk.start)),
      ...byDecision(keys.flatMap(key => byKey.get(key) ?? [])),
    };
  };
  return {
    root,
    ...byDecision(reported),
    installs: plans.flatMap(plan => plan.installs.map(install => checkedInstall(plan, install))),
    looked: inputs.looked,
    files: plans.filter(plan => plan.installs.length > 0).length,
    images: plans.flatMap(({ installs }) => installs.flatMap(({ plan }) => plan.images)).length,
    notes: inputs.notes,
  };
}

const byDecision = (reported: readonly Reported[]): Pick<CheckReport, 'findings' | 'undecided'> => ({
  findings: reported.filter(({ finding }) => finding.code !== 'could-not-check'),
  undecided: reported.filter(({ finding }) => finding.code === 'could-not-check'),
});

const reportedFrom = ({ finding, fixes, recipes }: Found, locate: Locate): Reported => ({
  finding,
  place: locate(finding.site),
  install: locate(finding.install),
  related: finding.related.map(({ site, message }) => ({ place: locate(site), message })),
  fixes: fixes.map(({ title, edits }) => ({
    title,
    edits: edits.map(edit => ({ place: locate(edit), newText: edit.newText })),
  })),
  recipes,
});

/** An install by the kind of its manifest, or by its command up to the first flag: that stays when values change. */
function nameOf({ fragment }: PlannedInstall, uri: string): string {
  if (fragment.kind === 'manifest')
    return fragment.kindName || decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  const words = fragment.words.map(({ text }) => textOf(text));
  const flag = words.findIndex(word => word.startsWith('-'));
  return words.slice(0, flag < 0 ? words.length : flag).join(' ');
}

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
    const key = keyOf(one.finding);
    if (!said.has(key) || one.finding.site.uri === one.input) said.set(key, one);
  }
  const kept = new Set(said.values());
  return found.filter(one => kept.has(one));
}

const keyOf = ({ code, site, message }: Finding): string =>
  JSON.stringify([code, site.uri, site.span, message]);
