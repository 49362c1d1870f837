import { joinTraced, placeOfTraced, sliceTraced, type Traced, usedAt } from '../../core/traced';
import { lookUp } from './scope';
import type { State } from './state';
import { isUnknown } from './unknown';

/**
 * A text in which `$NAME` and `${NAME}` are filled in, as envsubst(1) does. What has several values, or none that is
 * known, stays as it is written.
 */
export function filledIn(text: Traced, state: State): Traced {
  const parts: Traced[] = [];
  let from = 0;
  for (const { 0: use, index } of text.raw.matchAll(/\$(?:\{\w+\}|[A-Za-z_]\w*)/g)) {
    const name = use.replace(/[${}]/g, '');
    const [candidate, ...others] = lookUp(state.variables, name) ?? [];
    const value = candidate?.value;
    if (value?.kind !== 'text' || others.length > 0 || isUnknown(value.text)) continue;
    if (index > from) parts.push(sliceTraced(text, from, index));
    from = index + use.length;
    parts.push(usedAt(value.text, placeOfTraced(sliceTraced(text, index, from))));
  }
  if (parts.length === 0) return text;
  if (from < text.raw.length) parts.push(sliceTraced(text, from));
  return joinTraced(parts);
}
