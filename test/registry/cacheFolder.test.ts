import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { type CachePlace, cacheFolder } from '../../server/src/registry/cacheFolder';

const home = '/home/ann';
const absolute = process.platform === 'win32' ? 'C:\\cache' : '/cache';

const folders: readonly (readonly [string, Partial<CachePlace>, string | undefined])[] = [
  ['Linux', {}, join(home, '.cache', 'meshfit')],
  ['XDG', { environment: { XDG_CACHE_HOME: absolute } }, join(absolute, 'meshfit')],
  ['a relative XDG', { environment: { XDG_CACHE_HOME: 'cache' } }, join(home, '.cache', 'meshfit')],
  ['macOS', { system: 'darwin' }, join(home, 'Library', 'Caches', 'meshfit')],
  [
    'Windows',
    { system: 'win32', environment: { LOCALAPPDATA: absolute } },
    join(absolute, 'meshfit', 'Cache'),
  ],
  ['Windows without that folder', { system: 'win32' }, undefined],
  ['an editor', { editor: absolute, environment: { XDG_CACHE_HOME: '/xdg' } }, absolute],
  ['an editor that names no absolute path', { editor: 'storage' }, join(home, '.cache', 'meshfit')],
  ['the user', { editor: '/storage', environment: { MESHFIT_CACHE_DIR: absolute } }, absolute],
  ['a relative wish', { environment: { MESHFIT_CACHE_DIR: '.cache' } }, join(home, '.cache', 'meshfit')],
  ['nobody, without a home', { home: '' }, undefined],
];

for (const [name, place, folder] of folders) {
  test(`the folder for answers by ${name}`, () => {
    assert.equal(cacheFolder({ environment: {}, system: 'linux', home, ...place }), folder);
  });
}
