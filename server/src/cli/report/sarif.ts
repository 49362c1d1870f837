import { createHash } from 'node:crypto';
import type { Severity } from '../../core/finding';
import type { Rule } from '../../core/rule';
import { home, rulePage } from '../../core/rulePage';
import { version } from '../../version';
import type { CheckReport, Place, PlacedFix, Reported } from './model';
import { isAbsolute } from './paths';

type RuleData = Pick<Rule, 'code' | 'title' | 'severity'>;

/**
 * `check --format sarif`: SARIF 2.1.0 with what GitHub's code scanning asks for ("SARIF support for code scanning"). What
 * could not be decided is of the kind `open` and has no level, as section 3.27.9 says.
 */
export function checkSarif(report: CheckReport, rules: readonly RuleData[]): string {
  const { findings, undecided, notes, root } = report;
  const seen = new Map<string, number>();
  const result = (reported: Reported, decision: object) => ({
    ruleId: reported.finding.code,
    ruleIndex: rules.findIndex(({ code }) => code === reported.finding.code),
    ...decision,
    ...details(reported),
    partialFingerprints: { 'meshfitFinding/v1': numbered(fingerprint(reported), seen) },
  });
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driver(rules) },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [rootName]: { uri: root } },
        invocations: [
          {
            executionSuccessful: true,
            ...(notes.length > 0 && {
              toolExecutionNotifications: notes.map(text => ({ level: 'warning', message: { text } })),
            }),
          },
        ],
        results: [
          ...findings.map(reported => result(reported, { level: levels[reported.finding.severity] })),
          ...undecided.map(reported => result(reported, { kind: 'open', level: 'none' })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const rootName = '%SRCROOT%';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

const driver = (rules: readonly RuleData[]) => ({
  name: 'Meshfit',
  version,
  semanticVersion: version,
  informationUri: home,
  rules: rules.map(({ code, title, severity }) => ({
    id: code,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: `${title}.` },
    help: {
      text: `What it means and what to do: ${rulePage(code)}`,
      markdown: `What it means and what to do: [${code}](${rulePage(code)})`,
    },
    helpUri: rulePage(code),
    defaultConfiguration: { level: levels[severity] },
  })),
});

function details(reported: Reported) {
  const { finding, place, fixes } = reported;
  const related = relatedTo(reported);
  const links = related.map(({ message }, index) => `[${linkText(message)}](${index + 1})`);
  return {
    message: { text: [plain(finding.message), ...links].join('\n') },
    locations: [location(place)],
    ...(related.length > 0 && {
      relatedLocations: related.map((one, index) => ({
        id: index + 1,
        ...location(one.place),
        message: { text: plain(one.message) },
      })),
    }),
    ...(fixes.length > 0 && { fixes: fixes.map(fix) }),
    properties: { images: finding.images, evidence: finding.evidence },
  };
}

/** What the finding names besides, and the install that it belongs to where that stands elsewhere. */
function relatedTo({ place, install, related }: Reported): Reported['related'] {
  const isElsewhere = install.uri !== place.uri || install.start.line !== place.start.line;
  return isElsewhere ? [...related, { place: install, message: 'The install that it belongs to.' }] : related;
}

const location = (place: Place) => ({
  physicalLocation: { artifactLocation: artifact(place.uri), region: region(place) },
});

const artifact = (uri: string) => (isAbsolute(uri) ? { uri } : { uri, uriBaseId: rootName });

const region = ({ start, end }: Place) => ({
  startLine: start.line,
  startColumn: start.column,
  endLine: end.line,
  endColumn: end.column,
});

const fix = ({ title, edits }: PlacedFix) => ({
  description: { text: plain(title) },
  artifactChanges: [...new Set(edits.map(({ place }) => place.uri))].map(uri => ({
    artifactLocation: artifact(uri),
    replacements: edits
      .filter(({ place }) => place.uri === uri)
      .map(({ place, newText }) => ({ deletedRegion: region(place), insertedContent: { text: newText } })),
  })),
});

/** A text in which nothing reads as a link (section 3.11.6), so that no file can put one into a report. */
const plain = (text: string): string => text.replaceAll('](', '] (');

const linkText = (text: string): string => plain(text).replace(/[\\[\]]/g, '\\$&');

/** The same for the same rule, file, images and marked text, whatever line it stands on. */
function fingerprint({ finding, place }: Reported): string {
  const marked = place.text.slice(
    place.start.column - 1,
    place.end.line === place.start.line ? place.end.column - 1 : undefined,
  );
  const parts = JSON.stringify([finding.code, place.uri, finding.images, marked]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 32);
}

/** With the number of the occurrence, from 1, after a colon. */
function numbered(value: string, seen: Map<string, number>): string {
  const number = (seen.get(value) ?? 0) + 1;
  seen.set(value, number);
  return `${value}:${number}`;
}
