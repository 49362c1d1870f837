import assert from 'node:assert/strict';
import { test } from 'node:test';
import { show } from './show';

/** Asserts what is read below `spec` from text that someone has not finished. */
const stillReads = (name: string, spec: string, expected: string): void => {
  test(name, () => {
    const lines = show(`kind: IstioOperator\nspec:\n${spec}`).split('\n').slice(2);
    assert.deepEqual(lines, expected.split('\n'));
  });
};

stillReads('a word without a colon above other keys', '  ta\n  hub: a\n', 'spec.hub = "a"');
stillReads('a word without a colon below other keys', '  hub: a\n  ta\n', 'spec.hub = "a"');
stillReads('a colon without a blank', '  tag:1.2\n  hub: a\n', 'spec.hub = "a"');
stillReads('a key without a value', '  hub:\n  tag: b\n', 'spec.hub = null\nspec.tag = "b"');
stillReads('a quote that is not closed', '  hub: "a\n  tag: b\n', 'spec.hub = "a"\nspec.tag = "b"');
stillReads(
  'a quote that is not closed above others',
  "  hub: 'a\n  tag: 'b'\n",
  'spec.hub = "a"\nspec.tag = "b"',
);
stillReads(
  'braces that are not closed',
  '  a: {hub: b, tag: c\n  d: e\n',
  'spec.a.hub = "b"\nspec.a.tag = "c"\nspec.d = "e"',
);
stillReads(
  'a line indented too far',
  '  hub: a\n    tag: b\n  c: d\n',
  'spec.hub = "a"\nspec.tag = "b"\nspec.c = "d"',
);
stillReads('tabs for indentation', '\thub: a\n\tb:\n\t\tc: d\n', 'spec.hub = "a"\nspec.b.c = "d"');
stillReads(
  'an expression that is not closed',
  '  hub: {{ .Va\n  tag: b\n',
  'spec.hub ? `{{ .Va` is filled in by a template\nspec.tag = "b"',
);
