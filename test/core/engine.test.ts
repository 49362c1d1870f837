import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PlannedInstall } from '../../server/src/core/document';
import { linesOf } from '../../server/src/core/lines';
import { placed } from '../../server/src/core/place';
import { rawSettings } from '../../server/src/core/settingNames';
import { readSettings } from '../../server/src/core/settings';
import { applyEdits } from '../../server/src/core/text';
import { defaults } from '../../server/src/defaults';
import { createEngine } from '../../server/src/engine';

const context = { settings: defaults, readFile: (uri: string) => ({ uri, text: undefined }) };
const install = (tag: string) => `kind: IstioOperator\nspec:\n  tag: ${tag}\n`;
const uri = 'file:///x.yaml';

test('an edit in one document of a stream leaves the plans of the others as they are, wherever they move', () => {
  const engine = createEngine();
  const stream = (first: string) => [first, install('1.15.0'), install('1.16.0')].join('---\n');
  const before = engine.plan({ uri, text: stream('a: b\n') }, context).installs;
  const after = engine.plan({ uri, text: stream('a: b\nlonger: yes\n') }, context).installs;
  assert.equal(before.length, 2);
  assert.deepEqual(
    after.map(({ plan }, index) => plan === before[index]?.plan),
    [true, true],
  );
  assert.equal((after[0]?.chunk.start ?? 0) - (before[0]?.chunk.start ?? 0), 'longer: yes\n'.length);
});

test('a letter typed into a value changes the plan, and its document is not read from its start again', () => {
  const engine = createEngine();
  const stream = (tag: string) => `${install('1.15.0')}---\n${install(tag)}  hub: h\n`;
  const plan = (tag: string, by = engine) => by.plan({ uri, text: stream(tag) }, context).installs;
  const kindOf = ({ fragment }: PlannedInstall) =>
    fragment.kind === 'manifest' ? fragment.root.entries[0] : undefined;
  const before = plan('1.14').map(kindOf);
  const after = plan('1.14.1');
  assert.deepEqual(after, plan('1.14.1', createEngine()));
  assert.equal(before.length, 2);
  assert.ok(after.map(kindOf).every((kind, index) => kind !== undefined && kind === before[index]));
});

test('a change of settings plans anew', () => {
  const engine = createEngine();
  const text = 'kind: IstioOperator\n';
  const plan = (istioVersion: string) =>
    engine.plan({ uri, text }, { ...context, settings: { ...defaults, istioVersion } }).installs[0]?.plan;
  assert.equal(plan('1.14.1')?.version?.version, '1.14.1');
  assert.equal(plan('1.20.0')?.version?.version, '1.20.0');
});

test('no text makes the engine throw', () => {
  const piece = fc.constantFrom(
    'kind: IstioOperator\n',
    'spec:\n',
    '  tag: 1.14.1\n',
    '---\n',
    '  hub: {{ x }}\n',
    '\t',
    '[',
    '&a',
    '*a',
    '"',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string())), pieces => {
      const engine = createEngine();
      const text = `kind: IstioOperator\n${pieces.join('')}`;
      const planned = engine.plan({ uri, text }, context);
      const asked = { ...context, ask: () => ({ kind: 'offline', network: 'off' }) as const };
      for (const found of engine.check(planned, asked)) {
        const { start, end } = placed(found.finding, uri, found.planned.chunk.start).site.span;
        assert.ok(start <= end && end <= text.length);
        engine.fixes(found, uri, asked);
      }
      engine.explain(planned, text.length >> 1, asked);
    }),
  );
});

test('lines and columns count as people do, for every kind of line end', () => {
  const lines = linesOf('ab\r\ncd\ref\n');
  assert.deepEqual(lines.positionAt(0), { line: 1, column: 1 });
  assert.deepEqual(lines.positionAt(5), { line: 2, column: 2 });
  assert.deepEqual(lines.positionAt(7), { line: 3, column: 1 });
  assert.equal(lines.textAt(2), 'cd');
});

test('edits are applied wherever they stand in the list', () => {
  const edit = (start: number, end: number, newText: string) => ({ uri, span: { start, end }, newText });
  assert.equal(applyEdits('0123456', [edit(1, 2, 'x'), edit(5, 5, 'yy'), edit(3, 4, '')]), '0x24yy56');
});

test('settings are read by their names, nested or with dots', () => {
  const nested = rawSettings({ registries: { allowed: ['a.example'] }, platforms: ['linux/amd64'] });
  const dotted = rawSettings({
    'meshfit.registries.allowed': ['a.example'],
    'meshfit.platforms': ['linux/amd64'],
  });
  assert.deepEqual(nested.allowedHosts, ['a.example']);
  assert.deepEqual(nested, dotted);
});

test('a bad setting is told by name, and the others are used', () => {
  const { settings, problems } = readSettings({ platforms: ['linux/amd64'], istioVersion: 'new' }, defaults);
  assert.deepEqual(
    problems.map(({ name }) => name),
    ['istioVersion'],
  );
  assert.deepEqual(settings.platforms, [{ os: 'linux', architecture: 'amd64' }]);
});
