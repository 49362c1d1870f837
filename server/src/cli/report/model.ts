import type { Finding, Fix, Recipe } from '../../core/finding';
import type { Position } from '../../core/lines';
import type { Site } from '../../core/text';

/** A site as people count: the file by its name, lines and columns from 1. `text` is the first line it stands on. */
export interface Place {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

/** A finding ready to be printed, with the fixes that hold for it. */
export interface Reported {
  readonly finding: Finding;
  readonly place: Place;
  readonly install: Place;
  readonly fixes: readonly Fix[];
  readonly recipes: readonly Recipe[];
}

/** What `meshfit check` found. Every report format prints this and nothing else. */
export interface CheckReport {
  readonly findings: readonly Reported[];
  /** What could not be decided; never counted as a finding. */
  readonly undecided: readonly Reported[];
  /** How many files were looked at, and how many of them hold an install. */
  readonly looked: number;
  readonly files: number;
  readonly installs: number;
  readonly images: number;
  readonly notes: readonly string[];
}

export type Locate = (site: Site) => Place;
