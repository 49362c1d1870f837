import { textOf } from '../../core/text';
import { type Piece, slice } from './piece';
import { versionsInFolders } from './versionTexts';

const plainName =
  /^istioctl(?:[-_.:]?v?(\d+[.-]\d+(?:[.-]\d+)?))?(?:[-_](?:linux|osx|darwin|win)[\w-]*)?(?:\.exe)?$/i;
const variableName = /^\$[{(]?\w*istioctl\w*(?:\[[^\]]*\])?(?::?[-=].*)?[})]?$/i;

/**
 * Whether a word names istioctl: bare, by a path, with its version or platform in its name, or by a variable that says so,
 * such as `$ISTIOCTL`.
 */
export const isIstioctl = (word: Piece): boolean => {
  const raw = textOf(word.text);
  const base = baseOf(raw);
  return plainName.test(base) || variableName.test(base) || variableName.test(raw);
};

/** The texts in the name and the path of istioctl that tell its version, the one that tells it best last. */
export function versionsInExecutable(word: Piece): readonly Piece[] {
  const raw = textOf(word.text);
  const base = baseOf(raw);
  const named = plainName.exec(base)?.[1];
  const folders = versionsInFolders(word);
  if (named === undefined) return folders;
  const start = raw.length - base.length + base.indexOf(named, 'istioctl'.length);
  return [...folders, slice(word, start, start + named.length)];
}

const baseOf = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
