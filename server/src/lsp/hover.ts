import { type CancellationToken, type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { settle } from '../settle';
import { abortedBy } from './cancel';
import type { Converter } from './convert';
import { hoverText } from './hoverText';
import { documentOf, type World } from './world';

/** What the text under the cursor installs, and for which platforms it exists. Waits for answers that are not known. */
export async function hover(
  document: TextDocument,
  { position }: HoverParams,
  world: World,
  converter: Converter,
  token: CancellationToken,
): Promise<Hover | null> {
  const planned = world.engine.plan(documentOf(document), world.context);
  const offset = document.offsetAt(position);
  const explanation = await settle(
    ask => world.engine.explain(planned, offset, { ...world.context, ask }),
    world.facts,
    () => {},
    abortedBy(token),
  );
  if (explanation === undefined || token.isCancellationRequested) return null;
  return {
    contents: {
      kind: MarkupKind.Markdown,
      value: hoverText(explanation, world.context.settings.platforms, Date.now()),
    },
    range: converter.range(explanation.site),
  };
}
