import type { DocumentPlan } from './document';
import { placed } from './place';
import { type Site, sameSite } from './text';

/** A place in a document, and where one gets from there. */
export interface Link {
  readonly from: Site;
  readonly to: Site;
}

/**
 * The files that the installs of a document are made from, each with the text of the document that names it. Sites count
 * from the document's start; `to` is the start of the file, whether it exists or not.
 */
export const fileLinks = ({ uri, installs }: DocumentPlan): readonly Link[] =>
  distinctLinks(
    installs.flatMap(({ plan, chunk }) =>
      plan.files.flatMap(({ site, uri: file }) => {
        const from = stepsTo(site).findLast(step => step.uri === uri);
        if (from === undefined) return [];
        return { from: placed(from, uri, chunk.start), to: { uri: file, span: { start: 0, end: 0 } } };
      }),
    ),
  );

/**
 * Where the text at `offset` (UTF-16 units from the document's start) comes from: the place where the variable that is
 * used there gets its value, one for each value that it may have; else the file that is named there.
 */
export function definitionsAt(planned: DocumentPlan, offset: number): readonly Link[] {
  const { uri, installs } = planned;
  const uses = installs.flatMap(({ fragment, plan, chunk }) =>
    stepsFrom([fragment, plan.files], uri, offset - chunk.start).map(link => placed(link, uri, chunk.start)),
  );
  const files = fileLinks(planned).filter(({ from }) => holds(from, uri, offset));
  return joined(distinctLinks(narrowest(uses.length > 0 ? uses : files)));
}

/** From each use of a variable at `offset` to the next step on the way to its value, in all sites of plain data. */
function stepsFrom(data: unknown, uri: string, offset: number): readonly Link[] {
  const links: Link[] = [];
  const seen = new Set<object>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    seen.add(part);
    if (isSite(part) && part.via !== undefined) {
      const steps = stepsTo(part);
      for (const [index, from] of steps.entries()) {
        const to = steps[index + 1];
        if (to !== undefined && holds(from, uri, offset)) links.push({ from, to });
      }
    }
    for (const inner of part instanceof Map ? part.values() : Object.values(part)) visit(inner);
  };
  visit(data);
  return links;
}

const isSite = (part: object): part is Site => 'uri' in part && 'span' in part;

const stepsTo = ({ uri, span, via = [] }: Site): readonly Site[] => [...via, { uri, span }];

const holds = (site: Site, uri: string, offset: number): boolean =>
  site.uri === uri && site.span.start <= offset && offset <= site.span.end;

/** Of links from places within one another those from the smallest. */
function narrowest(links: readonly Link[]): readonly Link[] {
  const length = ({ from: { span } }: Link): number => span.end - span.start;
  const least = Math.min(...links.map(length));
  return links.filter(link => length(link) === least);
}

/** Links to pieces that stand side by side, such as `$REGISTRY` and `/istio`, are one. */
function joined(links: readonly Link[]): readonly Link[] {
  const result: Link[] = [];
  for (const link of links) {
    const { from, to } = link;
    const last = result.at(-1);
    if (last !== undefined && sameSite(last.from, from) && adjoins(last.to, to))
      result[result.length - 1] = { from, to: { uri: to.uri, span: { ...last.to.span, end: to.span.end } } };
    else result.push(link);
  }
  return result;
}

const adjoins = (a: Site, b: Site): boolean => a.uri === b.uri && a.span.end === b.span.start;

const distinctLinks = (links: readonly Link[]): readonly Link[] =>
  links.filter(
    (link, index) =>
      links.findIndex(({ from, to }) => sameSite(from, link.from) && sameSite(to, link.to)) === index,
  );
