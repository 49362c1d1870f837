/**
 * The tags that somebody may have meant who wrote `wanted`, the nearest first: those of the same variant (`-distroless`, or
 * none) come first, then those whose numbers are the nearest, read from left to right.
 */
export function nearTags(wanted: string, tags: readonly string[], most = 5): readonly string[] {
  const like = versionOf(wanted);
  if (like === undefined) {
    const start = (tag: string) => commonStart(wanted, tag);
    return [...tags]
      .filter(tag => start(tag) >= Math.min(3, wanted.length))
      .sort((one, other) => start(other) - start(one) || compare(one, other))
      .slice(0, most);
  }
  const versions = tags.flatMap(tag => {
    const version = versionOf(tag);
    return version === undefined ? [] : [{ tag, version }];
  });
  return versions
    .filter(({ version }) => version.numbers[0] === like.numbers[0])
    .sort((one, other) => nearer(like, one.version, other.version) || compare(one.tag, other.tag))
    .slice(0, most)
    .map(({ tag }) => tag);
}

interface Version {
  readonly numbers: readonly number[];
  /** What follows the numbers: `-distroless`, `-alpha.1`, or nothing. */
  readonly rest: string;
}

function versionOf(tag: string): Version | undefined {
  const [, numbers, rest = ''] = /^v?(\d{1,9}(?:\.\d{1,9}){0,3})(.*)$/.exec(tag) ?? [];
  return numbers === undefined ? undefined : { numbers: numbers.split('.').map(Number), rest };
}

function nearer(like: Version, one: Version, other: Version): number {
  const sameRest = Number(other.rest === like.rest) - Number(one.rest === like.rest);
  if (sameRest !== 0) return sameRest;
  for (let place = 0; place < 4; place += 1) {
    const aim = like.numbers[place] ?? 0;
    const distance = ({ numbers }: Version) => Math.abs((numbers[place] ?? 0) - aim);
    const difference = distance(one) - distance(other);
    if (difference !== 0) return difference;
  }
  return 0;
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
