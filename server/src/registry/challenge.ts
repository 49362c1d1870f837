/** One way to sign in that a server offers. Scheme and parameter names are in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * The challenges of all `WWW-Authenticate` header lines, in order (RFC 9110 11.6.1): several lines, several challenges
 * in one line, commas and escapes in quoted values, and no comma where there should be one, as some servers send it. What
 * follows a malformed part of a line is left out, in linear time.
 */
export function parseChallenges(lines: readonly string[]): readonly Challenge[] {
  return lines.flatMap(parseLine);
}

function parseLine(line: string): readonly Challenge[] {
  const challenges: { readonly scheme: string; readonly parameters: Map<string, string> }[] = [];
  let rest = line;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const match = pattern.exec(rest) ?? undefined;
    if (match !== undefined) rest = rest.slice(match[0].length);
    return match;
  };
  while (rest !== '') {
    take(/^[ \t,]+/);
    const parameter = take(
      /^([\w!#$%&'*+.^`|~-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))(?=[ \t,]|$)/s,
    );
    const current = challenges.at(-1);
    if (parameter !== undefined) {
      const [, name = '', quoted, plain = ''] = parameter;
      if (current === undefined) return challenges;
      const key = name.toLowerCase();
      if (!current.parameters.has(key))
        current.parameters.set(key, quoted?.replace(/\\(.)/gs, '$1') ?? plain);
      continue;
    }
    const scheme = take(/^([\w!#$%&'*+.^`|~-]+)(?=[ \t,]|$)/);
    if (scheme === undefined) return challenges;
    challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), parameters: new Map() });
    take(/^[ \t]+[\w.~+/-]+=*(?=[ \t]*(?:,|$))/);
  }
  return challenges;
}
