import type { Given } from '../../core/fragment';
import type { ShellSession } from './found';

/**
 * Each session once: where several jobs, or combinations of a matrix, run the same script with the same variables, the
 * first of them, which then says only what holds for all.
 */
export function distinctSessions(sessions: readonly ShellSession[]): readonly ShellSession[] {
  const known = new Map<number, ShellSession[]>();
  for (const { scripts, keepsVariables, given } of sessions) {
    const session = { scripts, keepsVariables, given };
    const start = scripts[0]?.text.stretches[0]?.site.span.start ?? 0;
    const others = known.get(start) ?? [];
    known.set(start, others);
    const same = others.slice(0, mostCompared).findIndex(other => isSame(other, session));
    const other = others[same];
    if (other === undefined) others.push(session);
    else others[same] = { ...other, given: sharedGiven(other.given, given) };
  }
  return [...known.values()].flat();
}

/** What two combinations have in common. */
export const sharedGiven = (a: readonly Given[], b: readonly Given[]): readonly Given[] =>
  a.filter(({ name, value }) => b.some(other => other.name === name && other.value === value));

/** With more sessions of one script, the rest is taken as it is. */
const mostCompared = 20;

const isSame = (a: ShellSession, b: ShellSession): boolean =>
  a.scripts.length === b.scripts.length &&
  a.scripts.every(({ text, variables }, index) => {
    const other = b.scripts[index];
    return (
      other !== undefined &&
      text.raw === other.text.raw &&
      variables.size === other.variables.size &&
      [...variables].every(([name, values]) => {
        const others = other.variables.get(name);
        return (
          values.length === others?.length &&
          values.every((value, position) => {
            const { raw, stretches } = others[position] ?? { raw: '', stretches: [] };
            return value.raw === raw && value.stretches[0]?.site.span.start === stretches[0]?.site.span.start;
          })
        );
      })
    );
  });
