import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  type Position,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Fix, Severity } from '../core/finding';
import { linesOf } from '../core/lines';
import type { Site, Span } from '../core/text';

/** What turns offsets of a file into the editor's positions. */
export interface Converter {
  readonly range: (site: Site) => Range;
}

/** Converts sites of `document` by its own text, and sites of other files by the text that `textOf` gives for them. */
export function converterFor(document: TextDocument, textOf: (uri: string) => string | undefined): Converter {
  const rangeIn = (uri: string, { start, end }: Span): Range => {
    if (uri === document.uri) return { start: document.positionAt(start), end: document.positionAt(end) };
    const lines = linesOf(textOf(uri) ?? '');
    const at = (offset: number): Position => {
      const { line, column } = lines.positionAt(offset);
      return { line: line - 1, character: column - 1 };
    };
    return { start: at(start), end: at(end) };
  };
  return { range: ({ uri, span }) => rangeIn(uri, span) };
}

/** The page of a code, for the link behind it. */
const pageOf = (code: string): string =>
  `https://github.com/meshfit/meshfit/blob/main/server/src/rules/${code}.md`;

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A finding as the editor's diagnostic. */
export function toDiagnostic(finding: Finding, { range }: Converter): Diagnostic {
  return {
    range: range(finding.site),
    severity: severities[finding.severity],
    code: finding.code,
    codeDescription: { href: pageOf(finding.code) },
    source: 'meshfit',
    message: finding.message,
    relatedInformation: finding.related.map(({ site, message }) => ({
      location: { uri: site.uri, range: range(site) },
      message,
    })),
  };
}

/** A fix as the editor's quick fix; it applies to the document's `version` and to no other. */
export function toCodeAction(
  fix: Fix,
  diagnostic: Diagnostic,
  document: TextDocument,
  { range }: Converter,
): CodeAction {
  const uris = [...new Set(fix.edits.map(({ uri }) => uri))];
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: fix.preferred,
    edit: {
      documentChanges: uris.map(uri => ({
        textDocument: { uri, version: uri === document.uri ? document.version : null },
        edits: fix.edits
          .filter(edit => edit.uri === uri)
          .map(edit => ({ range: range(edit), newText: edit.newText })),
      })),
    },
  };
}
