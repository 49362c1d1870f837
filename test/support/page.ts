import { readFileSync } from 'node:fs';

/** The example of a file in a page of docs/: what stands in a block that begins with its language and its name. */
export function exampleOf(page: string, name: string): string {
  const text = readFileSync(`docs/${page}`, 'utf8');
  const blocks = [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)];
  const block = blocks.find(([, info = '']) => info.split(' ').slice(1).join(' ') === name || info === name);
  if (block?.[2] === undefined) throw new Error(`docs/${page} has no example of ${name}`);
  return block[2];
}
