import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Position,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Fix, Recipe, Severity } from '../core/finding';
import { linesOf } from '../core/lines';
import { rulePage } from '../core/rulePage';
import type { Site, Span } from '../core/text';
import type { Files } from './files';

/** What turns offsets of a file into the editor's positions. */
export interface Converter {
  readonly range: (site: Site) => Range;
  /** The version of a file that is open in the editor, `null` for any other. */
  readonly version: (uri: string) => number | null;
}

/** Converts sites of `document` by its own text, and sites of other files by theirs. */
export function converterFor(document: TextDocument, files: Files): Converter {
  const rangeIn = (uri: string, { start, end }: Span): Range => {
    if (uri === document.uri) return { start: document.positionAt(start), end: document.positionAt(end) };
    const lines = linesOf(files.textOf(uri) ?? '');
    const at = (offset: number): Position => {
      const { line, column } = lines.positionAt(offset);
      return { line: line - 1, character: column - 1 };
    };
    return { start: at(start), end: at(end) };
  };
  return {
    range: ({ uri, span }) => rangeIn(uri, span),
    version: uri => (uri === document.uri ? document : files.open(uri))?.version ?? null,
  };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags: Readonly<Record<NonNullable<Finding['tags']>[number], DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
};

/** A finding as the editor's diagnostic. */
export function toDiagnostic(finding: Finding, { range }: Converter): Diagnostic {
  return {
    range: range(finding.site),
    severity: severities[finding.severity],
    code: finding.code,
    codeDescription: { href: rulePage(finding.code) },
    source: 'meshfit',
    message: finding.message,
    ...(finding.tags !== undefined && { tags: finding.tags.map(tag => tags[tag]) }),
    relatedInformation: finding.related.map(({ site, message }) => ({
      location: { uri: site.uri, range: range(site) },
      message,
    })),
  };
}

/** A fix as the editor's quick fix; it applies to the documents' versions of now and to no others. */
export function toCodeAction(
  fix: Fix,
  diagnostics: readonly Diagnostic[],
  { range, version }: Converter,
): CodeAction {
  const uris = [...new Set(fix.edits.map(({ uri }) => uri))];
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [...diagnostics],
    isPreferred: fix.preferred,
    edit: {
      documentChanges: uris.map(uri => ({
        textDocument: { uri, version: version(uri) },
        edits: fix.edits
          .filter(edit => edit.uri === uri)
          .map(edit => ({ range: range(edit), newText: edit.newText })),
      })),
    },
  };
}

/** The command of the editor's client that copies its argument to the clipboard. */
const copyCommand = 'meshfit.copy';

/** The command of the editor's client that asks the user whether a registry may be asked. */
const allowCommand = 'meshfit.allowRegistry';

/** A recipe as a quick fix that changes nothing, and copies the commands. */
export const toCopyAction = ({ title, command }: Recipe, diagnostics: readonly Diagnostic[]): CodeAction => ({
  title: `Copy commands: ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
  kind: CodeActionKind.QuickFix,
  diagnostics: [...diagnostics],
  command: { title: 'Copy', command: copyCommand, arguments: [command] },
});

/** The way to let a registry be asked that only a text names; the user is asked first. */
export const toAllowAction = (host: string, diagnostics: readonly Diagnostic[]): CodeAction => ({
  title: `Allow Meshfit to ask ${host} …`,
  kind: CodeActionKind.QuickFix,
  diagnostics: [...diagnostics],
  command: { title: 'Allow', command: allowCommand, arguments: [host] },
});
