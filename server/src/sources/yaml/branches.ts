import type { Hole } from './templates';

/** Whether a template keeps both or neither of two offsets: no branch begins or ends between them. */
export function isSameBranch(holes: readonly Hole[], one: number, other: number): boolean {
  const start = Math.min(one, other);
  const end = Math.max(one, other);
  let depth = 0;
  for (const hole of holes) {
    if (hole.end <= start || hole.branch === undefined) continue;
    if (hole.start >= end) break;
    if (hole.branch === 'open') depth += 1;
    else if (depth === 0) return false;
    else if (hole.branch === 'close') depth -= 1;
  }
  return depth === 0;
}
