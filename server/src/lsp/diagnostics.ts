import type { Diagnostic, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../core/finding';
import { placed } from '../core/place';
import type { InstallFinding } from '../engine';
import { type Converter, toDiagnostic } from './convert';

/** A document's finding as the editor's diagnostic. */
export type Diagnose = (found: InstallFinding, document: TextDocument, converter: Converter) => Diagnostic;

/**
 * Turns findings into diagnostics. One whose chunk starts at the line and column where it started before is the very same
 * value as before, so that a letter costs nothing for the installs around it.
 */
export function createDiagnose(): Diagnose {
  const known = new WeakMap<
    Finding,
    { readonly uri: string; readonly at: Position; diagnostic: Diagnostic }
  >();
  return ({ finding, planned }, document, converter) => {
    const { uri } = document;
    const { start } = planned.chunk;
    const at = document.positionAt(start);
    const last = known.get(finding);
    if (last?.uri === uri && last.at.line === at.line && last.at.character === at.character)
      return last.diagnostic;
    const diagnostic = toDiagnostic(placed(finding, uri, start), converter);
    if (standsIn(uri, finding)) known.set(finding, { uri, at, diagnostic });
    return diagnostic;
  };
}

/** Whether all of a finding lies in one document; the lines of other files may change without it. */
const standsIn = (uri: string, { site, related }: Finding): boolean =>
  site.uri === uri && related.every(other => other.site.uri === uri);
