import { isDigest } from '../core/descriptor';
import type { ChildCheck, Known } from '../core/fact';
import { isArray, isObject, type Json, member, parseJson } from '../core/json';
import type { Platform } from '../core/platform';
import { readPlatform } from '../core/platformObject';
import { plainText } from './plainText';

/** An answer as it is kept on disk. `stored` in milliseconds since 1970. */
export interface KeptAnswer {
  readonly fact: Known;
  readonly stored: number;
}

/** What a file of answers holds. The keys are hashes made with `salt`: they tell nobody's account. The oldest use first. */
export interface Answers {
  readonly kind: 'answers';
  readonly salt: string;
  readonly answers: ReadonlyMap<string, KeptAnswer>;
}

/** Also a file of a later version of Meshfit, which is left alone, and one that is none of ours or broken. */
export type ReadAnswers = Answers | { readonly kind: 'later' } | { readonly kind: 'corrupt' };

const format = 1;

/** The text of a file of answers, at most about `maxBytes` long: what was used longest ago is left out. */
export function formatAnswers({ salt, answers }: Omit<Answers, 'kind'>, maxBytes: number): string {
  const lines: string[] = [];
  let bytes = 0;
  for (const [key, answer] of [...answers].reverse()) {
    const line = formatAnswer(key, answer);
    bytes += Buffer.byteLength(line);
    if (bytes > maxBytes) break;
    lines.push(line);
  }
  return `{"version":${format},"salt":"${salt}","answers":[\n${lines.reverse().join(',\n')}\n]}\n`;
}

const formatAnswer = (key: string, { fact, stored }: KeptAnswer): string =>
  JSON.stringify({
    key,
    stored,
    digest: fact.digest,
    seen: fact.seen,
    by: fact.by,
    platforms: fact.platforms.map(written),
    ...(fact.checked && { checked: fact.checked.map(writtenCheck) }),
  });

/** Reads such a text, which anything may have written: an answer that is not as it should be is left out. */
export function parseAnswers(text: string): ReadAnswers {
  const json = parseJson(text);
  const version = member(json, 'version');
  if (typeof version === 'number' && version > format) return { kind: 'later' };
  const salt = member(json, 'salt');
  const list = member(json, 'answers');
  if (version !== format || typeof salt !== 'string' || !/^[0-9a-f]{32}$/.test(salt) || !isArray(list))
    return { kind: 'corrupt' };
  const answers = new Map<string, KeptAnswer>();
  for (const item of list) {
    const key = member(item, 'key');
    const kept = readAnswer(item);
    if (typeof key === 'string' && /^[0-9A-Za-z_-]{32}$/.test(key) && kept !== undefined)
      answers.set(key, kept);
  }
  return { kind: 'answers', salt, answers };
}

function readAnswer(item: Json): KeptAnswer | undefined {
  const stored = readTime(member(item, 'stored'));
  const seen = readTime(member(item, 'seen'));
  const digest = readDigest(member(item, 'digest'));
  const by = member(item, 'by');
  const platforms = readList(member(item, 'platforms'), platformFrom);
  const checks = member(item, 'checked');
  const checked = checks === undefined ? undefined : readList(checks, readCheck);
  if (stored === undefined || seen === undefined || digest === undefined || platforms === undefined)
    return undefined;
  if (typeof by !== 'string' || by === '' || (checks !== undefined && checked === undefined))
    return undefined;
  const fact: Known = {
    kind: 'known',
    platforms,
    digest,
    seen,
    by: plainText(by),
    ...(checked && { checked }),
  };
  return { fact, stored };
}

function readCheck(item: Json): ChildCheck | undefined {
  const kind = member(item, 'kind');
  const platform = platformFrom(member(item, 'platform'));
  const digest = readDigest(member(item, 'digest'));
  if (platform === undefined || digest === undefined) return undefined;
  if (kind === 'agrees' || kind === 'missing') return { kind, platform, digest };
  const actual = platformFrom(member(item, 'actual'));
  if (kind === 'contradicts' && actual !== undefined) return { kind, platform, digest, actual };
  const why = member(item, 'why');
  if (kind === 'unread' && typeof why === 'string') return { kind, platform, digest, why: plainText(why) };
  return undefined;
}

/** Every item, or nothing: half an answer would be a wrong one. */
function readList<T>(value: Json | undefined, read: (item: Json) => T | undefined): readonly T[] | undefined {
  if (!isArray(value) || value.length > longestList) return undefined;
  const items = value.map(read).filter(item => item !== undefined);
  return items.length === value.length ? items : undefined;
}

const longestList = 1000;

/** The members of image-spec's `platform` object. */
const written = ({ os, architecture, variant, osVersion, osFeatures }: Platform): object => ({
  os,
  architecture,
  variant,
  'os.version': osVersion,
  'os.features': osFeatures,
});

const writtenCheck = (check: ChildCheck): object => ({
  ...check,
  platform: written(check.platform),
  ...(check.kind === 'contradicts' && { actual: written(check.actual) }),
});

function platformFrom(value: Json | undefined): Platform | undefined {
  const read = isObject(value) ? readPlatform(value) : undefined;
  return read?.kind === 'platform' ? read.platform : undefined;
}

const readDigest = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && isDigest(value) ? value : undefined;

/** A time that a `Date` can hold, which is less than any integer (ECMA-262 21.4.1.1). */
const readTime = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 8.64e15 ? value : undefined;
