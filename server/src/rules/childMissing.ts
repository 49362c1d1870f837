import { causes } from '../core/cause';
import { notesOf, pulls, usesByName } from '../core/install';
import type { Platform } from '../core/platform';
import { type Rule, sourcesOf } from '../core/rule';
import type { VerdictOf } from '../core/verdict';
import { listed, platformsListed } from '../core/words';

/** An index that lists an image for a target platform which the registry does not have. Known once it was asked for. */
export const childMissing: Rule = {
  code: 'child-missing',
  title: 'The index lists an image that the registry does not have',
  severity: 'error',
  check: (install, { judge }) =>
    causes(install, judge, 'unsupported', samenessOf).map(({ site, uses, verdict }) => {
      const platforms = platformsListed(gone(verdict));
      const named = usesByName(uses);
      const images = [...named.keys()];
      const [index, lists] = images.length === 1 ? ['index', 'lists'] : ['indexes', 'list'];
      return {
        code: childMissing.code,
        severity: childMissing.severity,
        message: [
          `The ${index} of ${listed(images)} ${lists} ${platforms}, but the registry does not have that image: pulls fail on ${platforms} nodes, and the pods stay in "ImagePullBackOff".`,
          ...notesOf(uses),
        ].join(' '),
        site,
        related: pulls(named, site, image => `${image} lacks its image for ${platforms}`),
        images,
        evidence: 'registry',
        sources: sourcesOf(named, judge),
        install: install.anchor,
      };
    }),
};

const gone = ({ broken }: VerdictOf<'unsupported'>): readonly Platform[] =>
  broken.filter(({ kind }) => kind === 'missing').map(({ platform }) => platform);

const samenessOf = (verdict: VerdictOf<'unsupported'>): string | undefined =>
  platformsListed(gone(verdict)) || undefined;
