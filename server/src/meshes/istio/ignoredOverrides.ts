import type { Repair } from '../../core/finding';
import type { Setting } from '../../core/install';
import type { IgnoredOverride } from '../../core/notice';
import { type Site, sameSite, textOf } from '../../core/text';
import type { Node } from '../../core/tree';
import type { Container } from './container';
import type { CompiledIn, Written } from './merge';
import type { Rules } from './rules';
import { firstAt, type Path, settingAt, valuePaths } from './settings';

/** A setting and what people call it. */
interface Named {
  readonly name: string;
  readonly setting: Setting;
}

/** What an install is made from, as far as it decides which setting counts. */
export interface Resolution {
  readonly spec: Node;
  readonly compiledIn: CompiledIn;
  readonly rules: Rules;
  readonly minor: number;
  readonly containers: readonly Container[];
  readonly written: Written;
}

/**
 * The written hubs, tags and variants that have no effect: `values.global.hub` beats `spec.hub` in every version (istio
 * operator/pkg/translate/translate.go, operator/pkg/render/manifest.go), the charts of the gateways read no hub, and no tag
 * before 1.26, and images have no variants before 1.16.
 */
export function ignoredOverrides(resolution: Resolution): readonly IgnoredOverride[] {
  const { written } = resolution;
  const found = [
    ...(['hub', 'tag'] as const).flatMap(key => ofInstall(key, resolution)),
    ...(['hub', 'tag'] as const).flatMap(key => ofComponents(key, resolution)),
    ...earlyVariants(resolution),
  ];
  const isMeant = ({ site, related }: IgnoredOverride): boolean =>
    related.some(winner => layerOf(site, written) < layerOf(winner.site, written));
  return found.filter(
    (notice, index) =>
      !isMeant(notice) && found.findIndex(other => sameSite(other.site, notice.site)) === index,
  );
}

/**
 * Which of the files a value is from, in their order; `--set` flags come after all of them. That a later layer beats an
 * earlier one surprises nobody.
 */
function layerOf({ uri, span }: Site, { files, sets }: Written): number {
  const isSet = sets.some(({ value: { site } }) => site.uri === uri && site.span.start === span.start);
  return isSet
    ? files.length
    : Math.max(
        0,
        files.findLastIndex(({ site }) => site.uri === uri),
      );
}

type Key = 'hub' | 'tag';

/** The places of the hub or tag of the whole install, strongest first. */
const installPaths = (key: Key): readonly Path[] => [...valuePaths('global', key), [key]];

const ofInstall = (key: Key, { spec }: Resolution): readonly IgnoredOverride[] =>
  beaten(
    namedAt(spec, installPaths(key)),
    winner => `In every version of Istio ${winner.name} counts before it, wherever the two are written.`,
  );

function ofComponents(key: Key, resolution: Resolution): readonly IgnoredOverride[] {
  const { spec, rules, containers } = resolution;
  return containers.flatMap(container => {
    const { component, values, gateway, workload } = container;
    if (gateway) {
      if (key === 'tag' && rules.gatewayTags) return [];
      const own = settingAt(component, [key]);
      const name = `the ${key} of the gateway ${workload.slice(workload.indexOf('/') + 1)}`;
      const until = key === 'tag' ? ' before 1.26' : '';
      return own === undefined
        ? []
        : beaten(
            [globalSetting(key, resolution), { name, setting: own }],
            () => `Istio${until} reads no ${key} of a single gateway.`,
          );
    }
    const label = values.join('.');
    const inValues = namedAt(spec, values.length === 0 ? [] : valuePaths(...values, key));
    const inComponent = settingAt(component, [key]);
    const own =
      inComponent === undefined ? [] : [{ name: `components.${label}.${key}`, setting: inComponent }];
    const image = firstAt(spec, valuePaths(...values, 'image'));
    const whole =
      image !== undefined && textOf(image.value).includes('/')
        ? [{ name: `values.${label}.image`, setting: image }]
        : [];
    const order = rules.componentsBeatValues ? [...own, ...inValues] : [...inValues, ...own];
    return beaten([...whole, ...order], winner =>
      winner === whole[0]
        ? 'An image with a slash is the whole name of the image: no hub and no tag is added.'
        : rules.componentsBeatValues
          ? `From Istio 1.24 on the component's own ${key} counts before its Helm value.`
          : `Before Istio 1.24 the Helm value counts before the component's own ${key}.`,
    );
  });
}

function globalSetting(key: Key, { spec, compiledIn }: Resolution): Named {
  const [first] = namedAt(spec, installPaths(key));
  return first ?? { name: `the ${key} of the install`, setting: compiledIn[key] };
}

const namedAt = (spec: Node, paths: readonly Path[]): readonly Named[] =>
  paths.flatMap(path => {
    const setting = settingAt(spec, path);
    const name = path.length === 1 ? `spec.${path[0]}` : path.join('.');
    return setting === undefined ? [] : [{ name, setting }];
  });

/** The written settings after the first, which beats them; one that says the same as the first harms nobody. */
function beaten(
  [winner, ...losers]: readonly Named[],
  because: (winner: Named) => string,
): readonly IgnoredOverride[] {
  if (winner === undefined) return [];
  const { value, origin } = winner.setting;
  return losers.flatMap((loser): readonly IgnoredOverride[] => {
    const own = loser.setting;
    if (own.origin.kind !== 'written' || textOf(own.value) === textOf(value)) return [];
    const instead = `${winner.name}, ${textOf(value)}${origin.kind === 'default' ? ` (${origin.because})` : ''}, is used.`;
    return [
      {
        code: 'override-ignored',
        site: own.origin.site,
        name: loser.name,
        value: textOf(own.value),
        why: `${because(winner)} Instead ${instead}`,
        related:
          origin.kind === 'written'
            ? [{ site: origin.site, message: `${winner.name} is used instead.` }]
            : [],
        repairs: moved(loser, winner),
      },
    ];
  });
}

/** The beaten value in the place of the one that counts. A number would change there into something else. */
function moved(loser: Named, winner: Named): readonly Repair[] {
  const { value } = loser.setting;
  const { origin } = winner.setting;
  if (value.kind === 'dynamic' || origin.kind === 'default' || /^[\d.]*$/.test(value.value)) return [];
  if (/image$/.test(winner.name)) return [];
  const { uri, span } = origin.site;
  const title = `write ${value.value} in ${winner.name}, where it counts`;
  return [{ title, edits: [{ uri, span, newText: value.value }], inserts: [] }];
}

const variantPaths: readonly Path[] = [
  ...valuePaths('global', 'variant'),
  ...valuePaths('global', 'proxy', 'variant'),
  ...['pilot', 'cni'].flatMap(name => valuePaths(name, 'variant')),
];

function earlyVariants({ spec, rules }: Resolution): readonly IgnoredOverride[] {
  if (rules.variants) return [];
  return namedAt(spec, variantPaths).flatMap(({ name, setting: { value, origin } }) =>
    origin.kind === 'default'
      ? []
      : [
          {
            code: 'override-ignored',
            site: origin.site,
            name,
            value: textOf(value),
            why: `Images have variants from Istio 1.16 on; before, the tag says it, as 1.14.1-${textOf(value)}.`,
            related: [],
            repairs: [],
          },
        ],
  );
}
