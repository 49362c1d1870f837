import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { buildImage, type ImageDescription } from '../../demo/content';
import { formatPlatform } from '../../server/src/core/platform';
import { createAsker, imageOf } from './asker';
import { remove, seed } from './seed';
import { skopeoPlatforms } from './skopeo';
import { account, hostsOf, useWorld, worldNeeds } from './world';

const shape = { tag: '1', form: 'oci index', platforms: ['linux/amd64', 'linux/arm64'] } as const;
const honest: ImageDescription = { ...shape, repository: 'mesh/honest', attested: true };
const lying: ImageDescription = {
  ...shape,
  repository: 'mesh/lying',
  behind: { 'linux/arm64': 'linux/amd64' },
};
const list: ImageDescription = { ...lying, repository: 'mesh/list', form: 'docker list' };
const cleaned: ImageDescription = { ...shape, repository: 'mesh/cleaned' };

describe('the images behind an index of a real registry', { skip: worldNeeds() }, () => {
  const world = useWorld();

  before(async () => {
    const { host } = world().anonymous;
    await seed(host, [honest, lying, list, cleaned]);
    const [, arm64] = buildImage(cleaned).children;
    assert.ok(arm64);
    await remove(host, cleaned.repository, arm64.digest);
  });

  const read = async (kind: 'anonymous' | 'token', { repository }: ImageDescription) => {
    const { host } = world()[kind];
    const logins = kind === 'token' ? { [host]: account } : {};
    const registry = await createAsker(world(), { allowedHosts: hostsOf(world(), kind), logins });
    const image = imageOf(`${host}/${repository}:1`);
    await registry.load([{ image, depth: 'images' }]);
    const fact = registry.peek(image, 'images');
    assert.ok(fact.kind === 'known' && fact.checked, JSON.stringify(fact));
    return fact.checked.map(check =>
      [
        formatPlatform(check.platform),
        check.kind,
        ...('actual' in check ? [formatPlatform(check.actual)] : []),
      ].join(' '),
    );
  };

  for (const kind of ['anonymous', 'token'] as const) {
    it(`agree where it is honest (${kind})`, async () => {
      assert.deepEqual(await read(kind, honest), ['linux/amd64 agrees', 'linux/arm64 agrees']);
    });

    it(`contradict it where one was pushed under another name (${kind})`, async () => {
      const found = ['linux/amd64 agrees', 'linux/arm64 contradicts linux/amd64'];
      assert.deepEqual(await read(kind, lying), found);
      assert.deepEqual(await read(kind, list), found);
    });

    it(`are missing where one was deleted (${kind})`, async () => {
      assert.deepEqual(await read(kind, cleaned), ['linux/amd64 agrees', 'linux/arm64 missing']);
    });
  }

  it('are not what the index says, which skopeo believes', async () => {
    const { host } = world().anonymous;
    assert.deepEqual(await skopeoPlatforms(`${host}/mesh/lying:1`), lying.platforms);
    assert.deepEqual(await skopeoPlatforms(`${host}/mesh/cleaned:1`), cleaned.platforms);
  });

  it('cost two requests each, and one image that is behind two entries only once', async () => {
    const { requests } = world().anonymous;
    await requests();
    await read('anonymous', honest);
    assert.equal((await requests()).length, 5);
    await read('anonymous', lying);
    assert.equal((await requests()).length, 3);
  });
});
