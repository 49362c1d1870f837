import { mayRunHelm } from '../interest';

/**
 * Whether a chunk of YAML may hold an install in one of its texts, by plain searches: it names istioctl outside a line
 * that is all comment, an IstioOperator that is not the document itself, or Helm and a chart of Istio.
 */
export const mayHoldCommands = (chunk: string): boolean =>
  has(chunk, 'istioctl', isNoComment) ||
  has(chunk, 'ISTIOCTL', isNoComment) ||
  has(chunk, 'IstioOperator', isInText) ||
  mayRunHelm(chunk);

function has(text: string, word: string, counts: (lead: string) => boolean): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    const line = text.lastIndexOf('\n', at) + 1;
    if (counts(text.slice(Math.max(line, at - longestLead), at))) return true;
  }
  return false;
}

/** No more than this is looked at in front of a word on its line. */
const longestLead = 200;

const isNoComment = (lead: string): boolean => !/^\s*#/.test(lead);

/** A `kind:` that begins a line, or one in JSON, is that of the document. */
const isInText = (lead: string): boolean =>
  isNoComment(lead) && !/^\uFEFF?(?:- )?kind:[ \t]*["']?$|"kind"[ \t]*:[ \t]*"$/.test(lead);
