import type { Span } from '../../core/text';
import { tracedFile } from '../../core/traced';
import { readTracedValues } from '../yaml/traced';
import { type Scope, unknownIn } from './evaluate';
import { valueFrom } from './nodes';
import { filledTemplate } from './templateValue';
import { computedWhy, knownText, textValue, type Value, whyUnknown } from './value';

/** In UTF-16 units; a longer template is not followed. */
const longestTemplate = 1_000_000;

/** `templatefile`: the text of the file with the names filled in that it is given. */
export function templateFile(path: Value, names: Value | undefined, span: Span, scope: Scope): Value {
  const reference = knownText(path);
  if (reference === undefined)
    return unknownIn(
      scope,
      span,
      `the path of the template is not known: ${whyUnknown(path) ?? computedWhy}`,
    );
  const { uri, text } = scope.module.open(reference, scope.module.directory);
  if (text === undefined || text.length > longestTemplate)
    return unknownIn(scope, span, `the template ${reference} can't be read`);
  const given = names?.kind === 'map' ? names.entries.map(({ key, value }) => [key.raw, value] as const) : [];
  const whole = { start: 0, end: text.length };
  const inside = { ...scope, file: { uri, text }, names: new Map(given) };
  const value = filledTemplate(whole, { isQuoted: false, isFlush: false }, whole, inside);
  const why = text === '' ? undefined : whyUnknown(value);
  return why === undefined ? value : unknownIn(scope, span, why);
}

/** `yamldecode` and `jsondecode`; `unknown` where there is nothing to decode. */
export function decoded(value: Value, unknown: Value, scope: Scope): Value {
  if (value.kind === 'encoded') return value.value;
  const text = contentOf(value, scope);
  const manifest = text?.kind === 'text' ? readTracedValues(text.text) : undefined;
  return manifest === undefined || manifest.unread !== undefined ? unknown : valueFrom(manifest.root);
}

/** What a value says as a text; the content of the file, where it is one; `undefined` where it is none or can't be read. */
export function contentOf(value: Value, { module }: Scope): Value | undefined {
  if (value.kind === 'text') return value.type === 'null' ? undefined : value;
  if (value.kind !== 'file') return undefined;
  const path = knownText(textValue(value.path));
  if (path === undefined) return undefined;
  const { uri, text } = module.open(path, module.directory);
  return text === undefined ? undefined : textValue(tracedFile(text, uri));
}
