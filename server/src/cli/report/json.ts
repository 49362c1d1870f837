import { evidenceJson } from './evidence';
import type { CheckReport, Reported } from './model';

/** `check --format json`, version 1: a contract that other programs rely on. */
export function checkJson({ findings, undecided }: CheckReport): string {
  return `${JSON.stringify(
    { version: 1, findings: findings.map(findingJson), undecided: undecided.map(undecidedJson) },
    null,
    2,
  )}\n`;
}

const findingJson = ({ finding, place, install, fixes }: Reported) => ({
  code: finding.code,
  severity: finding.severity,
  file: place.file,
  line: place.start.line,
  column: place.start.column,
  endLine: place.end.line,
  endColumn: place.end.column,
  message: finding.message,
  images: finding.images,
  evidence: finding.evidence,
  ...(finding.sources && {
    sources: finding.sources.map(({ image, source }) => ({ image, ...evidenceJson(source) })),
  }),
  install: { file: install.file, line: install.start.line },
  fixes: fixes.map(({ title }) => title),
});

const undecidedJson = ({ finding, place }: Reported) => ({
  file: place.file,
  line: place.start.line,
  why: finding.message,
  images: finding.images,
});
