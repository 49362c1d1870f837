/** Text from the network, fit to be shown: one line, no control or direction characters, at most 200 characters. */
export function plainText(text: string): string {
  const start = text.slice(0, 2000).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]+/gu, ' ');
  const line = start.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
