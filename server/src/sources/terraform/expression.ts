import type { Span } from '../../core/text';
import type { Token } from './tokens';

/** An expression of HCL (hashicorp/hcl hclsyntax/spec.md), with the place that it is written at. */
export type Expression = { readonly span: Span } & (
  | { readonly kind: 'text'; readonly token: Token }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'access'; readonly of: Expression; readonly step: string | Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: 'choice'; readonly parts: readonly [Expression, Expression, Expression] }
  | { readonly kind: 'equal'; readonly is: boolean; readonly parts: readonly [Expression, Expression] }
  | Loop
  /** What is not followed: arithmetic, splats, and what is no HCL. */
  | { readonly kind: 'computed' }
);

export interface ObjectEntry {
  readonly key: Expression;
  readonly value: Expression;
}

/** `[for name, value in over : value]`, or `{for … : key => value}`. */
interface Loop {
  readonly kind: 'for';
  readonly names: readonly string[];
  readonly over: Expression;
  readonly key: Expression | undefined;
  readonly value: Expression;
  readonly condition: Expression | undefined;
}

export const computed = (span: Span): Expression => ({ kind: 'computed', span });
