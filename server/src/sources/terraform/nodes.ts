import { literalValue, type Site, textOf } from '../../core/text';
import { siteOfTraced, textOfTraced, tracedAt, tracedUnknown } from '../../core/traced';
import type { Node } from '../../core/tree';
import { computedWhy, textValue, type Value } from './value';

/** How many nodes a value may still become: a local may be used again and again. */
interface Left {
  nodes: number;
}

const mostNodes = 20_000;
const deepest = 60;

/** The tree that YAML or JSON would be read as, had Terraform printed the value. */
export const nodeOf = (value: Value): Node => toNode(value, { nodes: mostNodes }, 0);

function toNode(value: Value, left: Left, depth: number): Node {
  left.nodes -= 1;
  if (left.nodes < 0 || depth > deepest) return unknownNode(siteOf(value));
  switch (value.kind) {
    case 'text': {
      const { text, type } = value;
      return { kind: 'scalar', text: textOfTraced(text), type, site: siteOfTraced(text) };
    }
    case 'list':
      return {
        kind: 'list',
        items: value.items.map(item => toNode(item, left, depth + 1)),
        site: value.site,
      };
    case 'map':
      return {
        kind: 'map',
        entries: value.entries.map(({ key, value: inner }) => ({
          key: key.raw,
          keySite: siteOfTraced(key),
          value: toNode(inner, left, depth + 1),
        })),
        site: value.site,
      };
    case 'encoded':
    case 'file':
      return unknownNode(value.site);
  }
}

const unknownNode = (site: Site): Node => ({
  kind: 'scalar',
  text: { kind: 'dynamic', raw: '${…}', why: computedWhy },
  type: 'string',
  site,
});

const siteOf = (value: Value): Site => (value.kind === 'text' ? siteOfTraced(value.text) : value.site);

/** The value of a tree that was read from YAML or JSON. */
export function valueFrom(node: Node): Value {
  switch (node.kind) {
    case 'scalar': {
      const { text, type, site } = node;
      const known = literalValue(text);
      if (known === undefined)
        return textValue(tracedUnknown(textOf(text), site, text.kind === 'dynamic' ? text.why : computedWhy));
      return textValue(tracedAt(known, site), type);
    }
    case 'list':
      return { kind: 'list', items: node.items.map(valueFrom), site: node.site };
    case 'map': {
      const entries = node.entries.map(({ key, keySite, value }) => ({
        key: tracedAt(key, keySite),
        value: valueFrom(value),
      }));
      return { kind: 'map', entries, site: node.site };
    }
  }
}
