import { joinTraced, sliceTraced, type Traced } from '../../core/traced';
import { type Code, sliceCode } from './code';
import { type Evaluation, reading } from './evaluation';
import { type Expansion, expandParts, expandText, withLineEnd } from './expand';
import { expansionIn } from './expansion';
import { readFileFor } from './files';
import type { HereDoc, Redirect, Redirection } from './parse';
import type { State } from './state';
import type { Flow } from './statements';
import { fileKey, nothingPrinted, readStream, type Stream, textStream, writeStream } from './stream';

/** Runs a command with its redirections: what is put into it, and the files that its output goes to. */
export function redirected(
  redirects: readonly Redirection[],
  { code, input }: Flow,
  state: State,
  evaluation: Evaluation,
  run: (input: Stream | undefined) => Stream,
): Stream {
  if (redirects.length === 0) return run(input);
  const expansion = expansionIn(code, state, evaluation);
  const put = inputOf(redirects, input, expansion, evaluation);
  const outputs = redirects.filter(isOutput);
  const files = outputs.flatMap(({ target, operator }) =>
    target === undefined ? [] : [{ name: expandText(target, expansion), append: operator.endsWith('>>') }],
  );
  const isKept = files.some(({ name }) => fileKey(name, state) !== undefined);
  const stream = isKept ? reading(evaluation, () => run(put)) : run(put);
  for (const { name, append } of files) writeStream(name, stream, append, state);
  return outputs.length > 0 ? nothingPrinted : stream;
}

/** Whether a redirection takes what a command prints. */
function isOutput(redirect: Redirection): redirect is Redirect {
  if (redirect.type !== 'Redirect') return false;
  const { operator, descriptor } = redirect;
  const number = descriptor?.type === 'FileDescriptor' ? descriptor.value : 1;
  return number === 1 && /^(?:>|>>|>\||&>|&>>)$/.test(operator);
}

/** What is put into a command: by its last `<`, `<<` or `<<<`, else by the command before it. */
export function inputOf(
  redirects: readonly Redirection[],
  input: Stream | undefined,
  expansion: Expansion,
  evaluation: Evaluation,
): Stream | undefined {
  const redirect = redirects.findLast(
    ({ type, operator, descriptor }) =>
      (type !== 'Redirect' || operator === '<') && (descriptor === undefined || isInput(descriptor)),
  );
  switch (redirect?.type) {
    case undefined:
      return input;
    case 'HereDoc':
      return textStream(hereDocument(redirect, expansion));
    case 'HereString':
      return redirect.target === undefined
        ? input
        : textStream(withLineEnd(expandText(redirect.target, expansion)));
    case 'Redirect':
      return redirect.target === undefined
        ? input
        : readStream(expandText(redirect.target, expansion), expansion.state, readFileFor(evaluation));
  }
}

const isInput = (descriptor: NonNullable<Redirection['descriptor']>): boolean =>
  descriptor.type === 'FileDescriptor' && descriptor.value === 0;

/** The text of a here-document, with its variables filled in and, after `<<-`, without the tabs before its lines. */
function hereDocument({ body, operator }: HereDoc, expansion: Expansion): Traced {
  const { code } = expansion;
  const text =
    body.parts === undefined ? sliceCode(code, body.pos, body.end) : expandParts(body.parts, expansion, body);
  return operator === '<<-' ? withoutTabs(text) : text;
}

function withoutTabs(text: Traced): Traced {
  const parts: Traced[] = [];
  let from = 0;
  for (const { 0: tabs, index } of text.raw.matchAll(/(?<=^|\n)\t+/g)) {
    if (index > from) parts.push(sliceTraced(text, from, index));
    from = index + tabs.length;
  }
  if (from === 0) return text;
  if (from < text.raw.length) parts.push(sliceTraced(text, from));
  return joinTraced(parts);
}

/** A code that is the whole of a text. */
export const codeOf = (text: Traced, uri: string): Code => ({ text, uri });
