import { type Site, shiftSite } from './text';

/**
 * Moves every site (and text edit) of plain data that lies in the file `uri` by `offset` UTF-16 units: from the start of
 * a chunk to the start of its document. Works on fragments, plans, findings and fixes alike.
 */
export const placed = <T>(value: T, uri: string, offset: number): T =>
  offset === 0 ? value : mapSites(value, site => shiftSite(site, uri, offset));

/** Replaces every site (and the site within every text edit) of plain data. */
function mapSites<T>(value: T, map: (site: Site) => Site): T {
  const place = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(place);
    if (part instanceof Map) return new Map([...part].map(([key, inner]) => [key, place(inner)]));
    if (typeof part !== 'object' || part === null) return part;
    if (isSite(part)) return { ...part, ...map(part) };
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, place(inner)]));
  };
  return place(value) as T;
}

const isSite = (part: object): part is Site => 'uri' in part && 'span' in part;
