import type { DocumentLink, Location, LocationLink, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Converter } from './convert';
import { documentOf, type World } from './world';

/** Where the variable or the file at `position` is written; with the text that leads there for editors that take it. */
export function definitions(
  document: TextDocument,
  position: Position,
  world: World,
  { range }: Converter,
  takesLinks: boolean,
): Location[] | LocationLink[] {
  const planned = world.engine.plan(documentOf(document), world.context);
  const links = world.engine.definitions(planned, document.offsetAt(position));
  if (!takesLinks) return links.map(({ to }) => ({ uri: to.uri, range: range(to) }));
  return links.map(({ from, to }) => ({
    originSelectionRange: range(from),
    targetUri: to.uri,
    targetRange: range(to),
    targetSelectionRange: range(to),
  }));
}

/** The links to the files that the document's installs are made from, as far as `exists` knows them. */
export function documentLinks(
  document: TextDocument,
  world: World,
  { range }: Converter,
  exists: (uri: string) => boolean,
): DocumentLink[] {
  const planned = world.engine.plan(documentOf(document), world.context);
  return world.engine
    .links(planned)
    .filter(({ to }) => exists(to.uri))
    .map(({ from, to }) => ({ range: range(from), target: to.uri, tooltip: 'Open the install file' }));
}
