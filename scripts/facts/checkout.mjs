import { execFileSync } from 'node:child_process';

/** The first minor version that has an installer with an IstioOperator or its forerunner. */
const oldest = 4;

/**
 * The releases of a checkout of Istio, oldest first: the first tag of every minor version from 1.4 on, or its last
 * pre-release where there is no release yet. `show` gives a file at a tag, `undefined` where there is none; `list` the files
 * below a folder. Nothing is checked out.
 */
export function openCheckout(path) {
  const git = (...words) =>
    execFileSync('git', ['-C', path, ...words], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const releases = releasesOf(git('tag', '--list').split('\n'));
  const filesAt = new Map();
  const list = (tag, folder) => {
    if (!filesAt.has(tag))
      filesAt.set(tag, git('ls-tree', '-r', '--name-only', '-z', tag).split('\0').filter(Boolean));
    return filesAt.get(tag).filter(file => file.startsWith(`${folder}/`));
  };
  const show = (tag, file) =>
    list(tag, file.slice(0, file.lastIndexOf('/'))).includes(file)
      ? git('show', `${tag}:${file}`)
      : undefined;
  return { releases, list, show };
}

/** `{ minor, tag }` for every minor version. */
export function releasesOf(tags) {
  const found = new Map();
  for (const tag of tags) {
    const match = /^1\.(\d+)\.(\d+)(?:-(alpha|beta|rc)\.(\d+))?$/.exec(tag);
    if (match === null || Number(match[1]) < oldest) continue;
    const [, minor, patch, stage = 'release', number = '0'] = match;
    const isRelease = stage === 'release';
    // The lowest patch of the releases, else the last of the pre-releases.
    const rank = isRelease
      ? [1, -Number(patch)]
      : [0, ['alpha', 'beta', 'rc'].indexOf(stage), Number(number)];
    const known = found.get(Number(minor));
    if (known === undefined || isHigher(rank, known.rank)) found.set(Number(minor), { tag, rank });
  }
  return [...found].map(([minor, { tag }]) => ({ minor, tag })).sort((a, b) => a.minor - b.minor);
}

function isHigher(a, b) {
  for (let at = 0; at < Math.max(a.length, b.length); at++)
    if (a[at] !== b[at]) return (a[at] ?? 0) > (b[at] ?? 0);
  return false;
}
