import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMet, markdown, type Row } from '../../bench/report';
import { median, percentile } from '../../bench/statistics';

const row = (goal: number, ...values: readonly (number | undefined)[]): Row => ({
  ...{ what: 'start', unit: 'ms', goal, values },
});

test('a percentile is one of the numbers, by its rank', () => {
  const numbers = Array.from({ length: 100 }, (_, index) => 100 - index);
  assert.equal(percentile(numbers, 0.95), 95);
  assert.equal(median([9, 1, 5]), 5);
  assert.ok(Number.isNaN(median([])));
});

test('a goal is met up to its very figure, and not without a figure', () => {
  assert.equal(isMet(row(3, 3)), true);
  assert.equal(isMet(row(3, 3.01)), false);
  assert.equal(isMet(row(3, undefined)), false);
});

test('a table shows the goal, each peer and how much of the peer’s figure ours is', () => {
  const section = {
    title: 'Servers',
    columns: ['Meshfit', 'peer', 'other'],
    rows: [row(3, 5, 20)],
    notes: [],
  };
  const expected = '| start | 5 ms | ≤ 3 ms: **not met** | 20 ms (×0.25) | – |';
  assert.ok(markdown('Bench', [section]).split('\n').includes(expected));
});
