/** The kinds of prompt that a line of a console session starts with. */
export type Prompt = { readonly kind: 'user' | 'root' | 'angle'; readonly length: number };

/** No prompt is longer than this, in UTF-16 units. */
const longest = 160;

/** What stands before a prompt: an environment such as `(base) `. */
const environment = String.raw`(?:\([^()\n]{1,60}\) ?)?`;

const user = new RegExp(
  `^[ \\t]*${environment}(?:${[
    String.raw`\[[^\][\s][^\]\n]{0,100}\] ?[#$%>]`, // [root@host ~]#
    String.raw`[\w.-]+@[\w.-]+(?:[: ][^#$%>\n]{0,80})?[#$%>]`, // user@host:~$
    String.raw`~[\w./-]* ?\$|~ ?[#%]`, // ~/istio $
    String.raw`[\w.-]+:[~/][^\s#$%>]* ?[$#%]`, // host:~$
    String.raw`(?:ba|z|k)?sh-\d[\w.]*[$#]`, // bash-5.1$
    String.raw`/[\w-]{0,30} [#$]`, // / #
    String.raw`(?!(?:echo|printf)\b)[A-Za-z][\w.-]* \$`, // controlplane $
    String.raw`PS(?: [^>\n]{0,100})?>`, // PS C:\>
    String.raw`[A-Z]:\\[^>\n]{0,100}>`, // C:\istio>
    '[$%❯➜λ]',
  ].join('|')})(?:[ \\t]+|$)`,
);

/** The prompt that a line starts with, as far as the line alone can tell; its length includes the blanks after it. */
export function promptOf(line: string): Prompt | undefined {
  const start = line.slice(0, longest);
  const found = user.exec(start);
  if (found !== null) return { kind: 'user', length: found[0].length };
  const other = /^[ \t]*(?:#|>)(?:[ \t]+|$)/.exec(start);
  if (other === null) return undefined;
  return { kind: other[0].includes('#') ? 'root' : 'angle', length: other[0].length };
}
