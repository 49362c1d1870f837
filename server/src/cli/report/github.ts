import type { Severity } from '../../core/finding';
import { printable } from '../../core/words';
import { coloursFor } from './colours';
import type { CheckReport, Place, Reported } from './model';
import { pathOf } from './paths';
import { summary } from './text';

/**
 * `check --format github`: a workflow command of GitHub Actions for each finding, which becomes an annotation of its line,
 * and the summary. Commands are read as in actions/runner `ActionCommand.cs` and `ActionCommandManager.cs`.
 */
export const checkGithub = (report: CheckReport): string =>
  [
    ...report.findings.map(reported => annotation(commands[reported.finding.severity], reported)),
    ...report.undecided.map(reported => annotation('notice', reported)),
    summary(report, coloursFor(false)),
  ]
    .join('\n')
    .concat('\n');

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

function annotation(command: string, { finding, place, fixes }: Reported): string {
  const properties = [...placeProperties(place), ['title', `Meshfit (${finding.code})`]] as const;
  const text = [finding.message, ...fixes.map(({ title }) => `fix: ${title}`)].map(printable).join('\n');
  const written = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',');
  return `::${command} ${written}::${escapeData(text)}`;
}

/** Columns only count where the text stands on one line: the runner drops them otherwise. */
function placeProperties(place: Place): readonly (readonly [string, string])[] {
  const { start, end } = place;
  return [
    ['file', pathOf(place)],
    ['line', String(start.line)],
    ['endLine', String(end.line)],
    ...(start.line === end.line
      ? ([
          ['col', String(start.column)],
          ['endColumn', String(end.column)],
        ] as const)
      : []),
  ];
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
