import type { Setting } from '../../core/install';
import { userSpec, type Written } from './merge';
import { rulesOf } from './rules';
import { type Path, settingAt } from './settings';
import { newestMinor } from './version';

/** The tags that the user wrote for Istio's own images, which may tell a version; the one that tells most first. */
export function tagsIn(written: Written): readonly Setting[] {
  const user = userSpec(written, rulesOf(newestMinor));
  return tagPaths.flatMap(path => settingAt(user, path) ?? []);
}

// A tag of the whole install tells more than that of one component.
const tagPaths: readonly Path[] = [
  ['values', 'global', 'tag'],
  ['tag'],
  ['unvalidatedValues', 'global', 'tag'],
  ['components', 'pilot', 'tag'],
  ['values', 'pilot', 'tag'],
];
