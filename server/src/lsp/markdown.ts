/**
 * Makes text that came from a registry or a document safe inside Markdown: control and bidirectional characters are
 * dropped, and everything that Markdown or HTML would act on is escaped.
 */
export const escapeMarkdown = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, character =>
      character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`,
    );

/** Text as inline code; backticks inside it are dropped, since no escape exists for them. */
export const inlineCode = (text: string): string => `\`${text.replace(/[\p{Cc}\p{Cf}`|]+/gu, ' ')}\``;
