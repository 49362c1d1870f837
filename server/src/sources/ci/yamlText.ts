import type { Node, Scalar } from '../../core/tree';
import { valuesOf } from './fillIn';
import { scalarTraced } from './scalarTraced';
import type { Scope, Values } from './scope';

/** A chunk of YAML that holds scripts. */
export interface YamlText {
  readonly text: string;
  readonly root: Node;
  /** Whether `{{ … }}` is filled in before the shell sees it; not so where `${{ … }}` is. */
  readonly hasTemplates: boolean;
  /** How many `!reference`s may still be followed; it goes down while the text is read. */
  references: number;
}

/** The values that a scalar may have, with its expressions filled in. */
export const scalarValues = ({ text, hasTemplates }: YamlText, scalar: Scalar, scope: Scope): Values =>
  valuesOf(scalarTraced(text, scalar), scope, hasTemplates);
