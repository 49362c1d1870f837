import { joinTraced, siteOfTraced, type Traced, tracedUnknown } from '../../core/traced';
import { standIn } from '../makefile/cutter';
import { attributeOf, type Block } from './blocks';
import { attributeValue, type Scope, siteIn, unknownIn } from './evaluate';
import { turnsOf } from './loops';
import { inTurn } from './turns';
import { computedWhy, isNull, knownText, mapEntry, mapValue, textIn, type Value, whyUnknown } from './value';

/** No release that people wrote sets more. */
const mostSets = 500;

/**
 * The flags of Helm's that the settings of a release stand for (hashicorp/terraform-provider-helm
 * helm/resource_helm_release.go getValues): `set` as blocks or as a list, `set_list`, and `set_sensitive`.
 */
export function setWords(block: Block, scope: Scope): readonly Traced[] {
  return settings.flatMap(name =>
    valuesOf(block, name, scope)
      .slice(0, mostSets)
      .flatMap(value => wordsFor(name, value)),
  );
}

const settings = ['set_list', 'set', 'set_sensitive', 'set_wo'] as const;

function valuesOf(block: Block, name: string, scope: Scope): readonly Value[] {
  const written = attributeValue(block, name, scope);
  const listed = written === undefined ? [] : written.kind === 'list' ? written.items : [written];
  const blocks = block.blocks.slice(0, mostSets).flatMap(inner => {
    if (inner.type === name) return settingOf(inner, scope);
    return inner.type === 'dynamic' && inner.labels[0]?.text === name
      ? dynamicValues(inner, name, scope)
      : [];
  });
  return [...listed.filter(value => !isNull(value)), ...blocks];
}

/** A block with the attributes of a setting, as the map that it would be in a list. */
function settingOf(block: Block, scope: Scope): Value {
  const site = siteIn(scope, block.span);
  const entries = block.attributes.flatMap(({ name, nameSpan }) => {
    const value = attributeValue(block, name, scope);
    const key = {
      raw: name,
      stretches: [{ length: name.length, site: siteIn(scope, nameSpan), exact: true }],
    };
    return value === undefined ? [] : [{ key, value }];
  });
  return mapValue(entries, site);
}

/** `dynamic "set" { for_each = …  content { … } }`. */
function dynamicValues(block: Block, name: string, scope: Scope): readonly Value[] {
  const content = block.blocks.find(({ type }) => type === 'content');
  const over = attributeValue(block, 'for_each', scope);
  const turns = over === undefined ? undefined : turnsOf(over);
  const iterator = attributeOf(block, 'iterator');
  if (content === undefined || turns === undefined || iterator !== undefined)
    return [unknownIn(scope, block.span, (over && whyUnknown(over)) ?? computedWhy)];
  return turns.map(turn => settingOf(content, inTurn(turn, name, scope)));
}

function wordsFor(name: (typeof settings)[number], setting: Value): readonly Traced[] {
  const key = textIn(mapEntry(setting, 'name'));
  const given = mapEntry(setting, 'value');
  if (setting.kind !== 'map' || key === undefined) {
    const whole = setting.kind === 'text' ? setting.text : undefined;
    return whole === undefined ? [] : [standIn('--set', whole), whole];
  }
  const isSecret = name === 'set_sensitive' || name === 'set_wo';
  const site = siteOfTraced(key);
  const value = isSecret
    ? tracedUnknown(`\${…}`, site, 'it is kept secret')
    : name === 'set_list'
      ? listText(given, key)
      : given === undefined || isNull(given)
        ? standIn('', key)
        : (textIn(given) ?? tracedUnknown(`\${…}`, site, computedWhy));
  const flag = flags[knownText(mapEntry(setting, 'type')) ?? ''] ?? '--set';
  return [standIn(flag, key), joinTraced([key, standIn('=', key), value])];
}

const flags: Readonly<Record<string, string>> = { string: '--set-string', literal: '--set-literal' };

function listText(value: Value | undefined, key: Traced): Traced {
  const items = value?.kind === 'list' ? value.items.map(textIn) : undefined;
  if (items === undefined || items.includes(undefined))
    return tracedUnknown('${…}', siteOfTraced(key), computedWhy);
  const parts = items.flatMap((item, index) =>
    item === undefined ? [] : index === 0 ? [item] : [standIn(',', key), item],
  );
  return joinTraced([standIn('{', key), ...parts, standIn('}', key)]);
}
