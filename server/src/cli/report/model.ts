import type { Finding, Recipe } from '../../core/finding';
import type { Position } from '../../core/lines';
import type { Site } from '../../core/text';

/** A site as people count: the file by its name, lines and columns from 1. `text` is the first line it stands on. */
export interface Place {
  readonly file: string;
  /** The file's URI (RFC 3986), relative to the folder that was checked; an absolute one where it lies elsewhere. */
  readonly uri: string;
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

/** A fix with the places that it changes. */
export interface PlacedFix {
  readonly title: string;
  readonly edits: readonly { readonly place: Place; readonly newText: string }[];
}

/** A finding ready to be printed, with the fixes that hold for it. */
export interface Reported {
  readonly finding: Finding;
  readonly place: Place;
  readonly install: Place;
  readonly related: readonly { readonly place: Place; readonly message: string }[];
  readonly fixes: readonly PlacedFix[];
  readonly recipes: readonly Recipe[];
}

/** One install with all that is said of it, also what it shares with others. */
export interface CheckedInstall {
  /** What kind of install it is, in a few words: `IstioOperator`, `istioctl install`. */
  readonly name: string;
  readonly place: Place;
  readonly findings: readonly Reported[];
  readonly undecided: readonly Reported[];
}

/** What `meshfit check` found. Every report format prints this and nothing else. */
export interface CheckReport {
  /** The URI of the folder that relative URIs start from, with a slash at its end. */
  readonly root: string;
  readonly findings: readonly Reported[];
  /** What could not be decided; never counted as a finding. */
  readonly undecided: readonly Reported[];
  readonly installs: readonly CheckedInstall[];
  /** How many files were looked at, and how many of them hold an install. */
  readonly looked: number;
  readonly files: number;
  readonly images: number;
  readonly notes: readonly string[];
}

export type Locate = (site: Site) => Place;
