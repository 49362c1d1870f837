import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Fix, Recipe } from '../core/finding';
import { settle } from '../settle';
import { abortedBy } from './cancel';
import { type Converter, toAllowAction, toCodeAction, toCopyAction } from './convert';
import type { Diagnose } from './diagnostics';
import { verifyActions } from './verify';
import { documentOf, type World } from './world';

/** What the answer is made with. */
export interface Converting {
  /** Other open documents whose findings may stand in this one. */
  readonly others: readonly TextDocument[];
  readonly converter: (document: TextDocument) => Converter;
  readonly diagnose: Diagnose;
  readonly token: CancellationToken;
}

/**
 * The fixes for the findings that touch the range, be they of the document's own installs or of another's that is made
 * from it; computed for the texts as they are now.
 */
export async function codeActions(
  document: TextDocument,
  { range, context: { only } }: CodeActionParams,
  world: World,
  { others, converter, diagnose, token }: Converting,
): Promise<CodeAction[]> {
  if (only !== undefined && !only.some(kind => CodeActionKind.QuickFix.startsWith(kind))) return [];
  const readers = [document, ...others].map(reader => ({
    reader,
    version: reader.version,
    planned: world.engine.plan(documentOf(reader), world.context),
    convert: converter(reader),
  }));
  const actions = await settle(
    ask => {
      const context = { ...world.context, ask };
      const offers = new Map<string, { readonly fix: Fix; readonly diagnostics: Diagnostic[] }>();
      const copies = new Map<string, { readonly recipe: Recipe; readonly diagnostics: Diagnostic[] }>();
      const strangers = new Map<string, Diagnostic[]>();
      for (const { reader, planned, convert } of readers)
        for (const found of world.engine.check(planned, context)) {
          if (found.finding.site.uri !== document.uri) continue;
          const diagnostic = diagnose(found, reader, convert);
          if (!touches(diagnostic.range, range)) continue;
          for (const fix of world.engine.fixes(found, planned.uri, context)) {
            // Findings of one install share their fixes: each is offered once, for all of them.
            const key = JSON.stringify([fix.title, fix.edits]);
            const offer = offers.get(key);
            if (offer === undefined) offers.set(key, { fix, diagnostics: [diagnostic] });
            else offer.diagnostics.push(diagnostic);
          }
          const { stranger } = found.finding;
          if (stranger !== undefined && world.allows)
            strangers.set(stranger, [...(strangers.get(stranger) ?? []), diagnostic]);
          const recipes = world.copies ? world.engine.recipes(found, planned.uri, context) : [];
          for (const recipe of recipes) {
            const copy = copies.get(recipe.command);
            if (copy === undefined) copies.set(recipe.command, { recipe, diagnostics: [diagnostic] });
            else copy.diagnostics.push(diagnostic);
          }
        }
      const convert = converter(document);
      return [
        ...[...offers.values()].map(({ fix, diagnostics }) => toCodeAction(fix, diagnostics, convert)),
        ...[...copies.values()].map(({ recipe, diagnostics }) => toCopyAction(recipe, diagnostics)),
        ...[...strangers].map(([host, diagnostics]) => toAllowAction(host, diagnostics)),
      ];
    },
    world.facts,
    () => {},
    abortedBy(token),
  );
  if (!readers.every(({ reader, version }) => reader.version === version)) return [];
  return only === undefined ? [...actions, ...verifyActions(document, range, world)] : actions;
}

const touches = (a: Range, b: Range): boolean => !before(a.end, b.start) && !before(b.end, a.start);

const before = (a: Range['start'], b: Range['start']): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
