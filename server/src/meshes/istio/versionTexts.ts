import { textOf } from '../../core/text';
import { type Piece, slice } from './piece';

/** A version of Istio as file names and tags of its own releases write it. */
const version = String.raw`\d{1,4}\.\d{1,4}(?:\.\d{1,4})?(?:-(?:alpha|beta|rc)\.\d{1,4})?`;

const whole = new RegExp(`^v?(${version})$`);

/** Finds versions between texts, one of the pairs around each. */
const between = (...pairs: readonly (readonly [before: RegExp, after: RegExp])[]): RegExp => {
  const ways = pairs.map(([before, after]) => `(?<=${before.source})${version}(?=${after.source})`);
  // No place is looked at but the first digit of a number.
  return new RegExp(`(?<!\\d)(?=\\d)(?:${ways.join('|')})`, 'gi');
};

const inFolder = between([/(?:^|[/\\=:])istio(?:ctl)?[-_/\\]v?/, /[/\\:]|$/]);

// istio/release-builder pkg/build/archive.go (names of the archives), release/publish.sh (where they are put).
const inDownload = between(
  [/\/releases\/download\/v?/, /\/|$/],
  [/\/istio-release\/releases\//, /\/|$/],
  [/istio(?:ctl)?[-_]v?/, /[-_](?:linux|osx|darwin|win)|\.(?:tar|tgz|zip)/],
  [/(?:^|\/)istio(?:ctl)?@v?/, /$/],
  [/(?:^|\/)istioctl:v?/, /$/],
);

/** The text of the version that a word is, without a leading `v`; `undefined` for any other word. */
export function wholeVersion(word: Piece): Piece | undefined {
  const raw = textOf(word.text);
  const text = whole.exec(raw)?.[1];
  return text === undefined ? undefined : literalOnly(slice(word, raw.length - text.length));
}

/** The texts of versions in the names of folders: the `1.14.1` of `istio-1.14.1/bin`. */
export const versionsInFolders = (word: Piece): readonly Piece[] => matchesIn(word, inFolder);

/** The texts of versions in an address, an archive's name or a package's name, all of them. */
export const versionsInDownload = (word: Piece): readonly Piece[] => matchesIn(word, inDownload);

/** The parts of a word that a pattern finds and whose value is known. */
export const matchesIn = (word: Piece, pattern: RegExp): readonly Piece[] =>
  textOf(word.text).search(pattern) < 0
    ? []
    : [...textOf(word.text).matchAll(pattern)].flatMap(
        ({ 0: text, index }) => literalOnly(slice(word, index, index + text.length)) ?? [],
      );

const literalOnly = (piece: Piece): Piece | undefined => (piece.text.kind === 'literal' ? piece : undefined);
