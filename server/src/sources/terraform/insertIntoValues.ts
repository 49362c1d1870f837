import type { Insertion } from '../../core/source';
import { joinTraced, type Traced } from '../../core/traced';
import { standIn } from '../makefile/cutter';
import { insertTraced, readTracedManifests } from '../yaml/traced';

/**
 * Where and how to write `value` under `path` in the values of a chart that were read from a text within `chunk`;
 * `undefined` where the text gives no safe place.
 */
export function insertIntoValues(
  chunk: string,
  values: Traced,
  path: readonly string[],
  value: string,
): Insertion | undefined {
  const lead = /^[ \t]*(?=\S)/m.exec(values.raw)?.[0] ?? '';
  // Values are no manifest; with a kind that is looked for they are one, and can be written into.
  const named = joinTraced([standIn(`${lead}kind: IstioOperator\n`, values), values]);
  const [manifest] = readTracedManifests(named);
  return manifest?.kindName === 'IstioOperator' ? insertTraced(chunk, manifest, path, value) : undefined;
}
