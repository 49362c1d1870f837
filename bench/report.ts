/** One line of the report: a figure for each column, in the order of the columns. The first column is ours. */
export interface Row {
  readonly what: string;
  readonly unit: 'ms' | 'MiB' | 'requests';
  /** The most that ours may be. */
  readonly goal?: number;
  readonly values: readonly (number | undefined)[];
}

export interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What the reader has to know to judge the figures. */
  readonly notes: readonly string[];
}

/** Whether ours keeps to its goal; `undefined` where there is none. */
export const isMet = ({ goal, values }: Row): boolean | undefined =>
  goal === undefined ? undefined : (values[0] ?? Number.NaN) <= goal;

/** A table of each section in Markdown; beside each peer's figure how much of it ours is. */
export function markdown(title: string, sections: readonly Section[]): string {
  return [`# ${title}`, ...sections.map(section => [`## ${section.title}`, table(section)].join('\n\n'))]
    .join('\n\n')
    .concat('\n');
}

function table({ columns, rows, notes }: Section): string {
  const [our = '', ...peers] = columns;
  const head = ['', our, 'goal', ...peers];
  const lines = rows.map(row => {
    const [value, ...others] = row.values;
    return [
      row.what,
      figure(value, row.unit),
      goalText(row),
      ...peers.map((_, index) => peerText(row, others[index])),
    ];
  });
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  const text = [head, rule, ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n');
  return [text, notes.map(note => `- ${note}`).join('\n')].filter(part => part !== '').join('\n\n');
}

function goalText(row: Row): string {
  if (row.goal === undefined) return '';
  return `≤ ${figure(row.goal, row.unit)}: ${isMet(row) ? 'met' : '**not met**'}`;
}

function peerText({ unit, values: [our] }: Row, peer: number | undefined): string {
  if (peer === undefined || our === undefined) return figure(peer, unit);
  return peer === 0 ? figure(peer, unit) : `${figure(peer, unit)} (×${significant(our / peer)})`;
}

function figure(value: number | undefined, unit: Row['unit']): string {
  if (value === undefined) return '–';
  if (unit === 'requests') return value === 1 ? '1 request' : `${value} requests`;
  return `${significant(value)} ${unit}`;
}

/** Three figures that mean something, without an exponent. */
const significant = (value: number): string =>
  Math.abs(value) >= 100
    ? value.toFixed(0)
    : String(Number(value.toPrecision(Math.abs(value) < 0.1 ? 1 : 3)));
