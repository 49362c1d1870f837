import { distinct, printable } from '../../core/words';
import { coloursFor } from './colours';
import type { CheckedInstall, CheckReport, Reported } from './model';
import { pathOf } from './paths';
import { block } from './text';

/**
 * `check --format junit`: a suite for each file and a case for each install, failed where something was found and skipped
 * where nothing was, but something could not be decided. There is at most one failure in a case: Jenkins reads no more.
 * No time is measured, but some readers insist on being told one.
 */
export function checkJunit({ installs }: CheckReport): string {
  const files = distinct(installs.map(({ place }) => pathOf(place)));
  const suites = files.map(file => {
    const own = installs.filter(({ place }) => pathOf(place) === file);
    return element('testsuite', { name: file, ...counts(own) }, casesOf(own, file));
  });
  const root = element('testsuites', { name: 'meshfit', ...counts(installs) }, suites);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

const counts = (installs: readonly CheckedInstall[]): Attributes => ({
  tests: String(installs.length),
  failures: String(installs.filter(isFailed).length),
  errors: '0',
  skipped: String(installs.filter(install => !isFailed(install) && install.undecided.length > 0).length),
  time: '0',
});

const isFailed = ({ findings }: CheckedInstall): boolean => findings.length > 0;

/** Names stay the same while lines move, so that readers know a case again; equal ones are numbered. */
const casesOf = (installs: readonly CheckedInstall[], file: string): readonly string[] =>
  installs.map((install, index) => {
    const before = installs.slice(0, index).filter(({ name }) => name === install.name).length;
    const name = before === 0 ? install.name : `${install.name} (${before + 1})`;
    const line = String(install.place.start.line);
    return element('testcase', { name, classname: file, file, line, time: '0' }, outcomeOf(install));
  });

function outcomeOf(install: CheckedInstall): readonly string[] {
  const { findings, undecided } = install;
  const all = [...findings, ...undecided];
  if (all.length === 0) return [];
  const body = escapeText(all.map(reported => block(reported, coloursFor(false))).join('\n\n'));
  const message = (isFailed(install) ? findings : undecided).map(messageOf).join('\n');
  if (!isFailed(install)) return [`<skipped${written({ message })}>${body}</skipped>`];
  const type = distinct(findings.map(({ finding }) => finding.code)).join(', ');
  return [`<failure${written({ type, message })}>${body}</failure>`];
}

const messageOf = ({ finding }: Reported): string => printable(finding.message);

type Attributes = Readonly<Record<string, string>>;

const element = (name: string, attributes: Attributes, inner: readonly string[]): string =>
  inner.length === 0
    ? `<${name}${written(attributes)}/>`
    : `<${name}${written(attributes)}>\n${inner.join('\n')}\n</${name}>`;

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('');

/** What XML 1.0 can't hold at all (section 2.2, with halves of surrogate pairs) is replaced. */
const escapeText = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');

/** Line ends and tabs would otherwise be read as spaces (section 3.3.3). */
const escapeAttribute = (text: string): string =>
  escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
