import { causes } from '../core/cause';
import type { ChildCheck } from '../core/fact';
import { notesOf, pulls, usesByName } from '../core/install';
import { formatPlatform, type Platform } from '../core/platform';
import { type Rule, sourcesOf } from '../core/rule';
import type { VerdictOf } from '../core/verdict';
import { listed } from '../core/words';

type Contradiction = Extract<ChildCheck, { kind: 'contradicts' }>;

/** An index that lists an image for a target platform which is built for another one. Known once the image was read. */
export const indexContradictsImage: Rule = {
  code: 'index-contradicts-image',
  title: 'The image behind the index is for another platform',
  severity: 'error',
  check: (install, { judge }) =>
    causes(install, judge, 'unsupported', samenessOf).map(({ site, uses, verdict }) => {
      const wrong = contradictionsOf(verdict);
      const named = usesByName(uses);
      const images = [...named.keys()];
      const [index, says] = images.length === 1 ? ['index', 'says'] : ['indexes', 'say'];
      return {
        code: indexContradictsImage.code,
        severity: indexContradictsImage.severity,
        message: [
          ...wrong.map(
            ({ platform, actual }) =>
              `The ${index} of ${listed(images)} ${says} ${formatPlatform(platform)}, but the image behind that is ${formatPlatform(actual)}: ${outcome(platform, actual)}.`,
          ),
          ...notesOf(uses),
        ].join(' '),
        site,
        related: pulls(named, site, image => `${image} is ${wrong.map(inWords).join(', ')}`),
        images,
        evidence: 'registry',
        sources: sourcesOf(named, judge),
        install: install.anchor,
      };
    }),
};

const contradictionsOf = ({ broken }: VerdictOf<'unsupported'>): readonly Contradiction[] =>
  broken.filter(child => child.kind === 'contradicts');

const samenessOf = (verdict: VerdictOf<'unsupported'>): string | undefined =>
  contradictionsOf(verdict).map(inWords).join(', ') || undefined;

const inWords = ({ platform, actual }: Contradiction): string =>
  `${formatPlatform(actual)} under the name of ${formatPlatform(platform)}`;

const outcome = (platform: Platform, actual: Platform): string =>
  platform.os === actual.os && platform.architecture === actual.architecture
    ? `${formatPlatform(platform)} nodes may lack what its programs need`
    : `on ${formatPlatform(platform)} nodes the containers end with "exec format error"`;
