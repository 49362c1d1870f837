/**
 * Puts together what holds for neighbouring minor versions: from `[minor, Map(key, value)]` in order to rows
 * `{ from?, to?, key, value }`. `from` is absent where it holds from the first version on, `to` where it holds to the last.
 * Values are compared by their JSON.
 */
export function rangesOf(tables) {
  const rows = [];
  tables.forEach(([minor, table], index) => {
    for (const [key, value] of table) {
      const before = index === 0 ? undefined : tables[index - 1][0];
      const row = rows.findLast(other => other.key === key && other.last === before);
      if (row !== undefined && JSON.stringify(row.value) === JSON.stringify(value)) row.last = minor;
      else rows.push({ key, value, first: minor, last: minor });
    }
  });
  const [first, last] = [tables[0]?.[0], tables.at(-1)?.[0]];
  return rows.map(({ key, value, ...row }) => ({
    key,
    value,
    ...(row.first !== first && { from: row.first }),
    ...(row.last !== last && { to: row.last }),
  }));
}

/** Rows in the order of their keys, then of their versions. */
export const sortedRows = rows =>
  rows.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : (a.from ?? 0) - (b.from ?? 0)));
