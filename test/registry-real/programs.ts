import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs that a test may need, and the package that brings each of them on Debian. */
const packages = {
  'docker-registry': 'docker-registry',
  skopeo: 'skopeo',
  htpasswd: 'apache2-utils',
  openssl: 'openssl',
  tinyproxy: 'tinyproxy',
} as const;

/**
 * For the `skip` option of a test: `false` when every program is on PATH, else what to install. Where `CI` is `true`
 * nothing is skipped, so that the test fails for want of the program.
 */
export function missing(...programs: readonly (keyof typeof packages)[]): string | false {
  if (process.env.CI === 'true') return false;
  const absent = programs.filter(program => !isOnPath(program));
  return absent.length === 0 ? false : `install ${absent.map(program => packages[program]).join(' ')}`;
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
