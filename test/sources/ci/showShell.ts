import assert from 'node:assert/strict';
import type { Traced } from '../../../server/src/core/traced';
import { findShell } from '../../../server/src/sources/ci/findShell';
import { assertPointsAtItsText } from './pointsAt';

/**
 * The scripts of a file, one text for each session: `NAME = value | other value` for each variable (`? why` for one that
 * nobody knows), then the script; scripts are separated by `---`, and `+` begins a session whose scripts share variables.
 * Asserts that everything stands where it says.
 */
export function showShell(text: string): readonly string[] {
  return findShell(text, 'file:///a.yaml').sessions.map(({ scripts, keepsVariables }) => {
    const shown = scripts.map(script => {
      assertPointsAtItsText(script.text, text);
      const variables = [...script.variables].map(([name, values]) => {
        for (const value of values) assertPointsAtItsText(value, text);
        return `${name} = ${values.map(showValue).join(' | ')}\n`;
      });
      return variables.join('') + script.text.raw.trimEnd();
    });
    return (keepsVariables ? '+ ' : '') + shown.join('\n---\n');
  });
}

function showValue({ raw, stretches }: Traced): string {
  const why = stretches.find(stretch => stretch.why !== undefined)?.why;
  return why === undefined ? raw : `? ${why}`;
}

/** Asserts the one session of a file. */
export const showsOne = (text: string, expected: string): void =>
  assert.deepEqual(showShell(text), [expected]);
