import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../server/src/core/text';
import { nodeAt } from '../../../server/src/core/tree';
import { readManifests } from '../../../server/src/sources/yaml/manifests';
import { show } from './show';

const reads = (name: string, text: string, expected: string): void => {
  test(name, () => {
    const lines = show(`kind: IstioOperator\n${text}`).split('\n').slice(2);
    assert.deepEqual(lines, expected.trim().split('\n'));
  });
};

reads(
  'expressions within values',
  `
a: {{ .Values.hub }}
b: "{{ .Values.hub | default "docker.io" }}/istio"
c: {{ .a }}{{ .b }}:{{ .c }}
d: {{ if .x }} true {{ else }} false {{ end }} # e
f: \${{ env.TAG }}`,
  `
a ? \`{{ .Values.hub }}\` is filled in by a template
b ? \`{{ .Values.hub | default "docker.io" }}\` is filled in by a template
c ? \`{{ .a }}\` is filled in by a template
d ? \`{{ if .x }}\` is filled in by a template
f ? \`\${{ env.TAG }}\` is filled in by a template`,
);

reads(
  'other template languages',
  'a: <%= hub %>\nb: {% if x %}c{% endif %}\nd: <your-hub>/istio',
  `
a ? \`<%= hub %>\` is filled in by a template
b ? \`{% if x %}\` is filled in by a template
d ? \`<your-hub>\` is a placeholder`,
);

reads(
  'variables',
  `a: $HUB\nb: {c: \${TAG:-1.14.1}, d: $(git describe)}\ne: pre-$(POD)`,
  `
a ? $HUB is a variable
b.c ? \${TAG:-1.14.1} is a variable
b.d ? $(git describe) is the output of a command
e ? $(POD) is a variable`,
);

reads(
  'a dollar sign alone is ordinary text',
  "a: pa$$1\nb: '^x$'\nc: $5\nd: $\n",
  `
a = "pa$$1"
b = "^x$"
c = "$5"
d = "$"`,
);

reads(
  'control lines and comments leave the rest as it is',
  `
{{- /* two
lines */ -}}
{% set x = 1 %}
spec:
  {{- with .Values.hub }}
  hub: a
  {{- end }}
{# b: c #}
  tag: d`,
  `
spec.hub = "a"
spec.tag = "d"`,
);

reads(
  'what several branches set is open',
  `
spec:
  {{- if .Values.arm }}
  hub: a
  {{- else }}
  hub: b
  {{- end }}
  tag: c`,
  `
spec.hub ? which of several values \`hub\` has depends on the template
spec.tag = "c"`,
);

reads(
  'what all branches set alike is known',
  '{{ if x }}\na: b\nc: 1\n{{ else }}\na: b\nc: "1"\n{{ end }}',
  `
a = "b"
c ? which of several values \`c\` has depends on the template`,
);

test('the values that branches set are shown in their order', () => {
  const branches = ['1.14.1', '1.13.1', '{a: b}'].map(value => `tag: ${value}\n`).join('{{ else if y }}\n');
  const [fragment] = readManifests(`kind: A\n{{ if x }}\n${branches}{{ end }}`, 'a');
  const tag = fragment?.kind === 'manifest' ? nodeAt(fragment.root, ['tag']) : undefined;
  assert.equal(tag?.kind === 'scalar' && textOf(tag.text), '<1.14.1 or 1.13.1 or tag>');
});

reads(
  'an expression alone on a line may bring in anything',
  `
spec:
  values:
    {{- toYaml .Values.values | nindent 4 }}
{{ toYaml .Values.spec | indent 2 }}
  hub: a`,
  `
spec.values ? \`{{- toYaml .Values.values | nindent 4 }}\` is filled in by a template
spec.{{ toYaml .Values.spec | indent 2 }} ? \`{{ toYaml .Values.spec | indent 2 }}\` is filled in by a template
spec.hub = "a"`,
);

reads(
  'an expression between items is an item',
  `
gateways:
- a: b
  c: d
{{ include "gateways" . }}
- e: f`,
  `
gateways[0].a = "b"
gateways[0].c = "d"
gateways[1] ? \`{{ include "gateways" . }}\` is filled in by a template
gateways[2].e = "f"`,
);

reads(
  'templates within block text',
  'a: |\n  {{ if x }}\n  y: {{ z }}\n  {{ end }}\nb: c',
  `
a ? \`{{ if x }}\` is filled in by a template
b = "c"`,
);

test('a kind that a template fills in is no manifest, an apiVersion may be', () => {
  assert.equal(show('kind: {{ .IstioOperator }}'), '');
  assert.match(show('apiVersion: {{ .x }}\nkind: IstioOperator'), /^\? IstioOperator\n/);
});
