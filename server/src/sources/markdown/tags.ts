/** A template tag that opens a code block, and the words one of which closes it. */
export interface OpeningTag {
  readonly info: string;
  readonly closes: (line: string) => boolean;
  /** What has to stand somewhere after it, or it opens nothing. */
  readonly needs: string;
}

/**
 * The code block that a line opens by a tag of Hugo (`{{< text bash >}}`, as istio.io writes it), Jekyll
 * (`{% highlight bash %}`) or GitBook (`{% codetabs name="Bash", type="bash" %}`).
 */
export function openingTag(line: string): OpeningTag | undefined {
  const start = line.slice(0, 300).trim();
  const hugo = /^\{\{[<%]\s*(text|highlight|code|codeblock)\s([^>%]*)[>%]\}\}$/.exec(start);
  if (hugo !== null) {
    const name = hugo[1] ?? '';
    return {
      info: infoOf(hugo[2] ?? ''),
      closes: other => closesWith(other, '{{', `/${name}`),
      needs: `/${name}`,
    };
  }
  const liquid = /^\{%-?\s*(highlight|codeblock|codetabs|language)\b([^%]*)%\}$/.exec(start);
  if (liquid === null) return undefined;
  const name = liquid[1] === 'language' ? 'codetabs' : (liquid[1] ?? '');
  return {
    info: infoOf(liquid[2] ?? ''),
    closes: other =>
      closesWith(other, '{%', `end${name}`) || (name === 'codetabs' && closesWith(other, '{%', 'language')),
    needs: `end${name}`,
  };
}

/** The language among a tag's arguments: one that is named so, or the first. */
const infoOf = (given: string): string =>
  /\b(?:syntax|type|lang|language)\s*[=:]\s*"?([\w-]+)/.exec(given)?.[1] ?? given.trim().replace(/-$/, '');

function closesWith(line: string, opening: string, word: string): boolean {
  const start = line.slice(0, 300).trim();
  return (
    start.startsWith(opening) &&
    start
      .slice(2, 8 + word.length)
      .replace(/^[<%\-\s]+/, '')
      .startsWith(word)
  );
}
