import type { ReadFile } from './document';
import type { Command, Fragment, Manifest } from './fragment';
import type { Span } from './text';

/**
 * A piece of a document that can be read on its own, so that an edit elsewhere does not touch it: one document of a
 * YAML stream, or a whole script. `start` is where `text` begins in the file, in UTF-16 units.
 */
export interface Chunk {
  readonly start: number;
  readonly text: string;
}

/** A chunk's text and what was read from it. */
export interface ReadChunk {
  readonly text: string;
  readonly fragments: readonly Fragment[];
}

/** An insertion of `newText` at `span` (usually empty), counted from the start of the chunk. */
export interface Insertion {
  readonly span: Span;
  readonly newText: string;
}

/** A language that installs are written in. Pure functions of the text; whoever calls them keeps the results. */
export interface Source {
  readonly id: string;
  /** Language identifiers of VS Code, and of other editors where theirs differ. */
  readonly languageIds: readonly string[];
  /** The names of its files: without folders, in lower case, all of the name or its end. */
  readonly fileNames: RegExp;
  /** How a file starts that its name tells nothing about: its first line, such as `#!/bin/bash`. */
  readonly firstLine?: RegExp;
  /** Whether the text can hold an install at all. Costs microseconds; a wrong yes is allowed, a wrong no is not. */
  readonly mayHold: (text: string) => boolean;
  /** The chunks that may hold an install, in order. */
  readonly split: (text: string) => readonly Chunk[];
  /**
   * The fragments of one chunk; their sites in `uri` are counted from the chunk's start. `open` reads files that the text
   * takes in, such as a script that it sources. Never throws.
   */
  readonly read: (chunk: string, uri: string, open: ReadFile) => readonly Fragment[];
  /**
   * The fragments of a chunk that differs little from one that was read before from the same document: exactly those that
   * `read` gives, at less cost. `undefined` where the text has to be read.
   */
  readonly reread?: (before: ReadChunk, chunk: string) => readonly Fragment[] | undefined;
  /** The values of a chart that a whole file holds, as a manifest of no kind; for files that a command names. */
  readonly values?: (text: string, uri: string) => Manifest;
  /** Every document of a whole file in their order, one without a kind as a manifest of none; for files that a command names. */
  readonly documents?: (text: string, uri: string) => readonly Manifest[];
  /**
   * Where and how to write `value` under `path` (map keys from the manifest's root) in the chunk that the manifest was
   * read from; `undefined` where the syntax gives no safe place.
   */
  readonly insert: (
    chunk: string,
    manifest: Manifest,
    path: readonly string[],
    value: string,
  ) => Insertion | undefined;
  /**
   * The same for a command that the chunk spells out in another form than words; `path` is that of the value of a chart.
   * Absent where commands are written as such.
   */
  readonly append?: (
    chunk: string,
    command: Command,
    path: readonly string[],
    value: string,
  ) => Insertion | undefined;
}
