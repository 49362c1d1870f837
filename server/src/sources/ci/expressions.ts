/** An expression that is filled in before the shell sees the text; `start` and `end` in UTF-16 units. */
export interface Expression {
  /**
   * `context`: `${{ matrix.v }}`; `macro`: `$(v)`, which is a command of the shell where no such name is known;
   * `parameter`: `<< parameters.v >>`, `$[[ inputs.v ]]`; `template`: `{{ .V }}`; `control`: `{{ if … }}`, which brings no text in.
   */
  readonly kind: 'context' | 'macro' | 'parameter' | 'template' | 'control';
  readonly start: number;
  readonly end: number;
  /** Where the part between the brackets begins and ends. */
  readonly inner: readonly [start: number, end: number];
}

/**
 * The expressions of GitHub Actions, Azure Pipelines, CircleCI, Tekton and (where `hasTemplates`) of Go templates and
 * Jinja, in order. No expression runs over a line's end or is longer than 500 units, so that this is linear.
 */
export function findExpressions(raw: string, hasTemplates: boolean): readonly Expression[] {
  const found: Expression[] = [];
  for (const match of raw.matchAll(hasTemplates ? withTemplates : withoutTemplates)) {
    const [text] = match;
    const kind = kindOf(text);
    const [open, close] =
      text.startsWith('${{') || text.startsWith('$[[') ? [3, 2] : text.startsWith('$(') ? [2, 1] : [2, 2];
    const [start, end] = [match.index, match.index + text.length];
    found.push({ kind, start, end, inner: [start + open, end - close] });
  }
  return found;
}

const inPipelines =
  /\$\{\{(?:'[^'\n]{0,500}'|[^{}'\n]){0,500}\}\}|\$\([A-Za-z_][\w.-]{0,100}\)|\$\[\[[^\]\n]{0,200}\]\]|<<[ \t]{0,9}(?:pipeline|parameters|matrix)\.[\w.-]{1,100}[ \t]{0,9}>>/;

const inTemplates = /\{\{[^{}\n]{0,500}\}\}|\{%[^{}\n]{0,500}%\}/;

const withoutTemplates = new RegExp(inPipelines, 'g');
const withTemplates = new RegExp(`${inPipelines.source}|${inTemplates.source}`, 'g');

function kindOf(text: string): Expression['kind'] {
  if (text.startsWith('${{')) return 'context';
  if (text.startsWith('$(')) return 'macro';
  if (text.startsWith('<<') || text.startsWith('$[[')) return 'parameter';
  return text.startsWith('{%') || control.test(text) ? 'control' : 'template';
}

const control = /^\{\{-?\s*(?:if|else|end|range|with|define|block|template|\/\*)\b/;
