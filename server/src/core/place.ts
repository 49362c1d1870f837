import { type Site, shiftSite } from './text';

/**
 * Moves every site (and text edit) of plain data that lies in the file `uri` by `offset` UTF-16 units: from the start of
 * a chunk to the start of its document. Works on fragments, plans, findings and fixes alike.
 */
export function placed<T>(value: T, uri: string, offset: number): T {
  if (offset === 0) return value;
  const place = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(place);
    if (typeof part !== 'object' || part === null) return part;
    if (isSite(part)) return { ...part, ...shiftSite(part, uri, offset) };
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, place(inner)]));
  };
  return place(value) as T;
}

const isSite = (part: object): part is Site => 'uri' in part && 'span' in part;
