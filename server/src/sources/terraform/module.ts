import type { ReadFile } from '../../core/document';
import { type Attribute, attributeOf, type Block, bodyOf } from './blocks';
import { type Token, tokensOf } from './tokens';
import type { Value } from './value';

/** A file of HCL, read. */
export interface HclFile {
  readonly uri: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly body: Block;
}

/** An attribute and the file that it stands in. */
export interface Found {
  readonly file: HclFile;
  readonly attribute: Attribute;
}

/**
 * What the names of a file stand for. Terraform takes all files of a folder together; besides the document itself those are
 * looked at that people keep such things in, once something is missing.
 */
export interface Module {
  readonly file: HclFile;
  readonly open: ReadFile;
  /** The URI of its folder, with a slash at its end. */
  readonly directory: string;
  /** What `var.NAME` is where nobody gives it, or what terraform.tfvars gives. */
  readonly variable: (name: string) => Found | undefined;
  readonly local: (name: string) => Found | undefined;
  /** A block such as `resource "helm_release" "istio"`, in this document. */
  readonly resource: (type: string, name: string) => Block | undefined;
  /** The values of names, once they are known. */
  readonly known: Map<string, Value>;
  /** The names that are being looked up, one for the other. */
  readonly asked: Set<string>;
  /** How many steps may still be taken. */
  readonly work: { left: number };
}

export function readHcl(text: string, uri: string): HclFile {
  const tokens = tokensOf(text);
  return { uri, text, tokens, body: bodyOf(text, tokens) };
}

const mostWork = 200_000;
/** In UTF-16 units; a longer file beside the document is not looked at. */
const longest = 1_000_000;
const siblings = [
  'variables.tf',
  'locals.tf',
  'vars.tf',
  'main.tf',
  'variables.tofu',
  'locals.tofu',
  'main.tofu',
];

export function moduleOf(text: string, uri: string, open: ReadFile): Module {
  const directory = uri.slice(0, uri.lastIndexOf('/') + 1);
  const file = readHcl(text, uri);
  const read = new Map<string, HclFile | undefined>();
  const sibling = (name: string): HclFile | undefined => {
    if (read.has(name)) return read.get(name);
    const { uri: found, text: content } = open(name, directory);
    const hcl =
      content === undefined || found === uri || content.length > longest
        ? undefined
        : readHcl(content, found);
    read.set(name, hcl);
    return hcl;
  };
  const indexes = new Map<HclFile, Index>();
  const indexed = (one: HclFile): Index => {
    const index = indexes.get(one) ?? indexOf(one);
    indexes.set(one, index);
    return index;
  };
  const find = (kind: 'variables' | 'locals', name: string): Found | undefined => {
    const own = indexed(file)[kind].get(name);
    if (own !== undefined) return own;
    for (const candidate of siblings) {
      const hcl = sibling(candidate);
      const found = hcl && indexed(hcl)[kind].get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    file,
    open,
    directory,
    variable(name) {
      const given = sibling('terraform.tfvars');
      const attribute = given && attributeOf(given.body, name);
      return given && attribute ? { file: given, attribute } : find('variables', name);
    },
    local: name => find('locals', name),
    resource: (type, name) => indexed(file).resources.get(`${type}.${name}`),
    known: new Map(),
    asked: new Set(),
    work: { left: mostWork },
  };
}

interface Index {
  readonly variables: ReadonlyMap<string, Found>;
  readonly locals: ReadonlyMap<string, Found>;
  readonly resources: ReadonlyMap<string, Block>;
}

function indexOf(file: HclFile): Index {
  const variables = new Map<string, Found>();
  const locals = new Map<string, Found>();
  const resources = new Map<string, Block>();
  for (const block of file.body.blocks) {
    const [first, second] = block.labels;
    if (block.type === 'variable' && first !== undefined) {
      const attribute = attributeOf(block, 'default');
      if (attribute !== undefined) variables.set(first.text, { file, attribute });
    } else if (block.type === 'locals') {
      for (const attribute of block.attributes) locals.set(attribute.name, { file, attribute });
    } else if (block.type === 'resource' && first !== undefined && second !== undefined)
      resources.set(`${first.text}.${second.text}`, block);
  }
  return { variables, locals, resources };
}
