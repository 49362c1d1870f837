import { knownText, type Value } from './value';

/** `join`; `undefined` where a part is not known. */
export function joined(separator: Value, lists: readonly Value[]): string | undefined {
  const items = lists.flatMap(list => (list.kind === 'list' ? list.items : [list])).map(knownText);
  const between = knownText(separator);
  return between === undefined || items.includes(undefined) ? undefined : items.join(between);
}

/** `format` with `%s`, `%d`, `%v` and `%%` only. */
export function formatted([form, ...values]: readonly (string | undefined)[]): string | undefined {
  if (form === undefined || values.includes(undefined) || /%[^sdv%]/.test(form)) return undefined;
  let at = 0;
  return form.replace(/%([sdv%])/g, (_, verb: string) => {
    if (verb === '%') return '%';
    at += 1;
    return values[at - 1] ?? '';
  });
}

/** `replace` of plain texts, not of patterns between slashes. */
export function replaced([text, what, by]: readonly (string | undefined)[]): string | undefined {
  if (text === undefined || what === undefined || by === undefined || /^\/.*\/$/.test(what)) return undefined;
  return text.replaceAll(what, () => by);
}

/** `trimprefix`. */
export const withoutPrefix = (text: string | undefined, prefix: string | undefined): string | undefined =>
  text === undefined || prefix === undefined || !text.startsWith(prefix) ? text : text.slice(prefix.length);
