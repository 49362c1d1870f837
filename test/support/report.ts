import type { CheckReport, Place, Reported } from '../../server/src/cli/report/model';
import type { Finding, Severity } from '../../server/src/core/finding';

/** What a made-up report is about; everything else about it is plain. */
interface Made {
  readonly message: string;
  readonly severity?: Severity;
  readonly file?: string;
  readonly undecided?: true;
  readonly notes?: readonly string[];
}

/** A report of one finding in one install. */
export function reportOf(made: Made): CheckReport {
  const { message, severity = 'error', file = 'a.yaml', notes = [] } = made;
  const site = { uri: `file:///${file}`, span: { start: 0, end: 1 } };
  const code = made.undecided ? 'could-not-check' : 'image-invalid';
  const rest = { related: [], images: [], evidence: 'text', install: site } as const;
  const finding: Finding = { code, severity, message, site, ...rest };
  const place: Place = {
    file,
    uri: encodeURIComponent(file),
    start: { line: 1, column: 1 },
    end: { line: 1, column: 2 },
    text: 'x',
  };
  const reported: Reported = { finding, place, install: place, related: [], fixes: [], recipes: [] };
  const said = {
    findings: made.undecided ? [] : [reported],
    undecided: made.undecided ? [reported] : [],
  };
  const installs = [{ name: 'IstioOperator', place, ...said }];
  return { root: 'file:///', ...said, installs, looked: 1, files: 1, images: 1, notes };
}
