import { printable } from '../../core/words';
import { type Colours, coloursFor } from './colours';
import type { CheckReport, Reported } from './model';

/** `check` for people: each finding with its line and carets, what to do, and a summary at the end. */
export function checkText(report: CheckReport, colours: boolean): string {
  const paint = coloursFor(colours);
  const blocks = [
    ...report.findings.map(reported => block(reported, paint)),
    ...report.undecided.map(reported => block(reported, paint)),
  ];
  return [...blocks, ...report.notes.map(printable), summary(report, paint)].join('\n\n').concat('\n');
}

/** One finding as people read it: where, the line with carets, what is wrong and what to do. */
export function block({ finding, place, fixes, recipes }: Reported, paint: Colours): string {
  const severity = finding.code === 'could-not-check' ? 'undecided' : finding.severity;
  const colour = severity === 'error' ? paint.error : severity === 'warning' ? paint.warning : paint.dim;
  const number = String(place.start.line);
  const margin = ' '.repeat(number.length);
  const width =
    place.end.line === place.start.line
      ? place.end.column - place.start.column
      : place.text.length - place.start.column + 1;
  const lead = blank(place.text.slice(0, place.start.column - 1));
  return [
    `${paint.bold(`${printable(place.file)}:${place.start.line}:${place.start.column}`)}  ${colour(severity)}  ${paint.dim(finding.code)}`,
    `  ${paint.dim(`${number} |`)} ${printable(place.text)}`,
    `  ${paint.dim(`${margin} |`)} ${lead}${colour('^'.repeat(Math.max(1, width)))}`,
    ...wrapped(printable(finding.message), 96).map(line => `  ${line}`),
    ...fixes.map(({ title }) => `  ${paint.good('fix:')} ${printable(title)}`),
    ...recipes.flatMap(({ title, command }) => [
      `  ${paint.good('hint:')} ${printable(title)}:`,
      ...command.split('\n').map(line => `    ${printable(line)}`),
    ]),
  ].join('\n');
}

/** As many columns of nothing as the text takes on a terminal, where East Asian characters are two wide. */
const blank = (text: string): string =>
  text
    .replace(
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g,
      '  ',
    )
    .replace(/[^\t]/g, ' ');

/** Breaks a message at spaces into lines of at most `width` characters, words permitting. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** What was looked at and how much was found, in one line. */
export function summary(
  { findings, undecided, looked, files, installs: { length: installs }, images }: CheckReport,
  paint: Colours,
): string {
  if (looked === 0) return 'No install found: there is no file here of a kind that Meshfit reads.';
  if (installs === 0) return `No install found in ${counted(looked, 'file')}.`;
  const scope = `${counted(installs, 'install')} with ${counted(images, 'image')} in ${counted(files, 'file')}`;
  const count = (severity: string) => findings.filter(({ finding }) => finding.severity === severity).length;
  const parts = (['error', 'warning', 'information', 'hint'] as const)
    .map(severity => [count(severity), severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => counted(number, severity));
  const found = parts.length === 0 ? paint.good('nothing found') : paint.bold(parts.join(', '));
  const open = undecided.length === 0 ? '' : `; ${undecided.length} could not be decided`;
  return `Checked ${scope}: ${found}${open}.`;
}

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
