import { joinTraced, type Traced } from '../../core/traced';
import { entryOf, type MapNode, type Node } from '../../core/tree';
import { scalarTraced } from './scalarTraced';
import { behind, cutTraced, inFrontOf } from './tracedParts';
import type { YamlText } from './yamlText';

const keys = [
  'working-directory',
  'workingDirectory',
  'working_directory',
  'working_dir',
  'workingDir',
].concat(['workDir', 'chdir', 'dir']);

/**
 * What puts a script into the folder that its map (or else `defaults`) names: `cd` in front of it, on a line that nobody
 * wrote. Where the path begins with the folder of the repository, what is below that counts.
 */
export function workingDirectory(
  { text }: YamlText,
  map: MapNode,
  defaults: MapNode | undefined,
): (script: Traced) => Traced {
  const args = entryOf(map, 'args')?.value;
  const folder = [map, args, defaults].map(node => folderOf(text, node)).find(found => found !== undefined);
  if (folder === undefined) return script => script;
  return script => joinTraced([inFrontOf(folder, 'cd "'), folder, behind(folder, '"\n'), script]);
}

function folderOf(text: string, map: Node | undefined): Traced | undefined {
  for (const key of keys) {
    const value = entryOf(map, key)?.value;
    if (value?.kind !== 'scalar') continue;
    const folder = scalarTraced(text, value);
    const start = repository.exec(folder.raw)?.[0].length ?? 0;
    const below = cutTraced(folder, [start])[1];
    if (below !== undefined && isPath(below.raw)) return below;
  }
  return undefined;
}

/** How pipelines name the folder of the repository. */
const repository =
  /^(?:\$\{\{\s*github\.workspace\s*\}\}|\$\((?:Build\.SourcesDirectory|System\.DefaultWorkingDirectory)\)|\$(?:GITHUB_WORKSPACE|CI_PROJECT_DIR))\//;

/** Whether a path can stand between double quotes as it is; the folder that a script is in anyway says nothing. */
const isPath = (path: string): boolean =>
  path.length < 1000 && !/^\.?\/?$/.test(path) && !/["`\\\n]|\$\(/.test(path);
