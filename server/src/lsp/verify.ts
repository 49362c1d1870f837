import { type CancellationToken, type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { childInWords, isBroken, mayTellMore, unreadFor } from '../core/children';
import type { Fact } from '../core/fact';
import { formatImage, type ImageReference, parseImage } from '../core/image';
import type { ImageUse } from '../core/install';
import { textOf } from '../core/text';
import { reasonOf } from '../core/verdict';
import { distinct, listed } from '../core/words';
import { settle } from '../settle';
import { abortedBy } from './cancel';
import { documentOf, type World } from './world';

/** The command of the editor's client that asks for `meshfit/verify`; its arguments are a document's URI and image names. */
const verifyCommand = 'meshfit.verify';

/**
 * The action that reads the images behind the indexes of the images at a place. Nothing is asked for to offer it: it is
 * there where a registry has answered, and where there is more to learn.
 */
export function verifyActions(document: TextDocument, { start }: Range, world: World): CodeAction[] {
  if (!world.verifies) return [];
  const context = { ...world.context, ask: world.facts.peek };
  const planned = world.engine.plan(documentOf(document), world.context);
  const images = world.engine.explain(planned, document.offsetAt(start), context)?.images ?? [];
  const names = distinct(
    images.flatMap(({ use, verdict }) => {
      const more = 'source' in verdict && verdict.source.kind === 'registry' && mayTellMore(verdict.source);
      return more ? textOf(use.reference) : [];
    }),
  );
  if (names.length === 0) return [];
  const what = names.length === 1 ? `the index of ${names[0]}` : `the indexes of ${names.length} images`;
  const title = `Read the images behind ${what}`;
  const command = { title, command: verifyCommand, arguments: [document.uri, names] };
  return [{ title, kind: CodeActionKind.Empty, command }];
}

/**
 * Reads the images behind the indexes of a document's images, of all of them or of those with these names, and tells in
 * sentences for people how it went. What was read shows in the next findings.
 */
export async function verifyImages(
  document: TextDocument,
  names: readonly string[] | undefined,
  world: World,
  token: CancellationToken,
): Promise<string> {
  const { installs } = world.engine.plan(documentOf(document), world.context);
  const uses = installs.flatMap(({ plan }) => plan.images);
  const images = referencesOf(uses.filter(use => names?.includes(textOf(use.reference)) ?? true));
  if (images.length === 0) return 'There is no image here whose name is known.';
  const facts = await settle(
    ask => images.map(image => ask(image, 'images')),
    world.facts.explicitly(),
    () => {},
    abortedBy(token),
  );
  const fine: string[] = [];
  const others: string[] = [];
  for (const [index, image] of images.entries()) {
    const wrong = wrongIn(facts[index] ?? { kind: 'pending' });
    if (wrong === undefined) fine.push(formatImage(image));
    else others.push(`${formatImage(image)}: ${wrong}.`);
  }
  const says =
    fine.length === 1 ? 'is for the platforms that it says' : 'are for the platforms that they say';
  return [...others, ...(fine.length === 0 ? [] : [`${listed(fine)} ${says}.`])].join(' ');
}

function referencesOf(uses: readonly ImageUse[]): readonly ImageReference[] {
  const images = new Map<string, ImageReference>();
  for (const { reference } of uses) {
    const parsed = reference.kind === 'literal' ? parseImage(reference.value) : undefined;
    if (parsed?.kind === 'image') images.set(formatImage(parsed.image), parsed.image);
  }
  return [...images.values()];
}

/** What speaks against an image, or keeps it from being read, as a clause; `undefined` where all was read and agrees. */
function wrongIn(fact: Fact): string | undefined {
  switch (fact.kind) {
    case 'known': {
      const broken = (fact.checked ?? []).filter(isBroken);
      return broken.length > 0 ? broken.map(childInWords).join('; ') : unreadFor(fact, fact.platforms);
    }
    case 'absent':
    case 'invalid':
      return fact.why;
    case 'denied':
    case 'unreachable':
    case 'notAllowed':
    case 'offline':
      return `could not be read: ${reasonOf(fact)}`;
    case 'pending':
      return 'was not read';
  }
}
