/** A template expression or shell variable in a file that is YAML only once it is filled in. */
export interface Hole {
  /** `control` decides which text is kept, `output` brings text in, `comment` leaves nothing behind. */
  readonly kind: 'control' | 'output' | 'comment';
  readonly start: number;
  readonly end: number;
  /** What a control action does to the branches: opens one, closes it, or goes on to the next. */
  readonly branch?: 'open' | 'next' | 'close';
}

const openers = /\$?\{\{|\{[%#]|<%|\$[{(]/;

/** Whether anything in the text begins as an expression does; cheaper than finding them. */
export const mayHaveHoles = (text: string): boolean => openers.test(text);

/** An expression that goes on for longer than this many UTF-16 units over a line end was never closed. */
const longestOverLines = 1000;

/**
 * The expressions of Go templates and Helm (also GitHub's `${{ }}`), Jinja, Handlebars, ERB and the shell, in order
 * and without overlaps. An expression that is still being typed ends at its line's end. Linear in the text's length.
 */
export function findHoles(text: string): readonly Hole[] {
  const holes: Hole[] = [];
  const opener = new RegExp(openers, 'g');
  const next = forwardSearch(text);
  for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
    const hole =
      match[0].length === 2 && match[0].startsWith('$')
        ? shellHole(text, match.index, next)
        : templateHole(text, match.index, match[0], next);
    if (hole === undefined) continue;
    holes.push(hole);
    opener.lastIndex = hole.end;
  }
  return holes;
}

type Search = (needle: string, from: number) => number;

/** `indexOf` for searches that only move forward: what was found last time is remembered. */
function forwardSearch(text: string): Search {
  const found = new Map<string, number>();
  return (needle, from) => {
    const known = found.get(needle);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const index = text.indexOf(needle, from);
    found.set(needle, index);
    return index;
  };
}

/** No shell expression is longer than this many UTF-16 units; it bounds the search for the end of unclosed ones. */
const longestShell = 200;

/** `${…}` or `$(…)` on one line, with what is nested in it. */
function shellHole(text: string, start: number, next: Search): Hole | undefined {
  const closer = next(text[start + 1] === '{' ? '}' : ')', start);
  if (closer === -1 || closer > start + longestShell) return undefined;
  let depth = 0;
  for (let at = start + 1; at < Math.min(text.length, start + longestShell); at += 1) {
    const unit = text[at];
    if (unit === '\n') return undefined;
    if (unit === '{' || unit === '(') depth += 1;
    if (unit === '}' || unit === ')') depth -= 1;
    if (depth === 0) return { kind: 'output', start, end: at + 1 };
  }
  return undefined;
}

function templateHole(text: string, start: number, open: string, next: Search): Hole | undefined {
  const from = start + open.length;
  const closer = closers[open] ?? '}}';
  const close = next(closer, from);
  const lineEnd = next('\n', from);
  if (close === -1 || (lineEnd !== -1 && lineEnd < close)) {
    const isComment = open === '{#' || /^-?\s*(?:\/\*|!)/.test(text.slice(from, from + 20));
    const again = next(open.slice(-2), from);
    const runsOn = close === -1 || (again !== -1 && again < close) || close - start > longestOverLines;
    if (close === -1 || (runsOn && !isComment)) return halfTyped(text, start, lineEnd);
  }
  const extra = text[from] === '{' && text[close + closer.length] === '}' ? 1 : 0;
  const end = close + closer.length + extra;
  return { ...classify(open, text.slice(from, close)), start, end };
}

const closers: Readonly<Record<string, string>> = { '{%': '%}', '{#': '#}', '<%': '%>' };

/** An expression without an end is one only where a value begins; anywhere else the brackets are ordinary text. */
function halfTyped(text: string, start: number, lineEnd: number): Hole | undefined {
  if (!/[:-][ \t]+["']?$/.test(text.slice(Math.max(0, start - 20), start))) return undefined;
  const end = lineEnd === -1 ? text.length : lineEnd;
  return { kind: 'output', start, end: text[end - 1] === '\r' ? end - 1 : end };
}

function classify(open: string, body: string): Pick<Hole, 'kind' | 'branch'> {
  const inner = body.replace(/^[-~+]?\s+|^[-~]/, '');
  const word = /^[#/^!>=]|^\w*/.exec(inner)?.[0] ?? '';
  if (open === '${{') return { kind: 'output' };
  if (open === '{#' || inner.startsWith('/*') || word === '!') return { kind: 'comment' };
  if (open === '<%' && (word === '#' || word === '=')) return { kind: word === '#' ? 'comment' : 'output' };
  if (opening.test(word)) return { kind: 'control', branch: 'open' };
  if (/^(?:else|elif|elsif|elseif|when)$/.test(word)) return { kind: 'control', branch: 'next' };
  if (/^(?:end\w*|\/)$/.test(word)) return { kind: 'control', branch: 'close' };
  const decides = open === '{{' ? /^(?:break|continue)$|^\$\w+\s*:?=/.test(inner) : word !== 'include';
  return { kind: decides ? 'control' : 'output' };
}

const opening = /^(?:if|unless|with|range|for|each|define|block|macro|call|filter|raw|case|#|\^)$/;
