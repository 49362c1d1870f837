import type { Fact } from '../core/fact';
import type { ImageReference } from '../core/image';
import { isArray, member, parseJson } from '../core/json';
import type { HttpAnswer } from './http';
import { plainText } from './plainText';
import { retryAfter } from './retryAfter';
import { type Trouble, trouble } from './trouble';

/** A registry's answer that is not the content that was asked for, told apart by what it says about the image. */
export type Refusal = Extract<Fact, { kind: 'absent' }> | { readonly kind: 'denied' } | Trouble;

/**
 * What an answer means that is not 200, or that holds an error all the same (distribution-spec "Error Codes"). Any 404 is
 * "not found" whatever its body, because registries differ there; 401 and 403 never say whether the image exists.
 * `name` is the registry's name for people, `now` is in milliseconds since 1970.
 */
export function readRefusal(
  answer: HttpAnswer,
  name: string,
  image: ImageReference,
  now: number,
): Refusal | undefined {
  const { status, body } = answer;
  const errors = readErrors(body);
  if (status === 429 || errors.codes.includes('TOOMANYREQUESTS')) {
    const wait = retryAfter(answer.header('retry-after')[0], now);
    return {
      ...trouble(`${name} says that it is asked too often`),
      hostWide: true,
      ...(wait !== undefined && { wait }),
    };
  }
  if (status === 200 && errors.codes.length === 0) return undefined;
  if (status === 401 || status === 403) return { kind: 'denied' };
  const said = errors.message === '' ? '' : `: ${errors.message}`;
  if (status === 404) {
    const what = errors.codes.includes('NAME_UNKNOWN') ? 'repository' : 'tag';
    return { kind: 'absent', what, why: absentWhy(errors.codes, name, image) };
  }
  if (status >= 500 || status === 408) {
    const wait = retryAfter(answer.header('retry-after')[0], now);
    return {
      ...trouble(`${name} has a problem of its own (HTTP ${status})`, true),
      ...(wait !== undefined && { wait }),
    };
  }
  return trouble(`${name} answered with HTTP ${status}${said}`);
}

function absentWhy(codes: readonly string[], name: string, image: ImageReference): string {
  if (codes.includes('NAME_UNKNOWN')) return `${name} has no repository ${image.repository}`;
  if (image.digest !== undefined) return `${name} has no image with this digest`;
  const tag = image.tag ?? 'latest';
  return codes.includes('MANIFEST_UNKNOWN')
    ? `${name} has no tag ${tag} of ${image.repository}`
    : `${name} has no such tag or repository`;
}

/** The codes and the first message of `{"errors": [{"code", "message"}]}`; nothing for any other body. */
function readErrors(body: Buffer): { readonly codes: readonly string[]; readonly message: string } {
  const head = body.length > maxErrorBytes ? undefined : parseJson(body.toString('utf8'));
  const errors = member(head, 'errors');
  if (!isArray(errors)) return { codes: [], message: '' };
  const few = errors.slice(0, 10);
  const codes = few.map(error => member(error, 'code')).filter(code => typeof code === 'string');
  const message = few.map(error => member(error, 'message')).find(text => typeof text === 'string');
  return { codes, message: plainText(message ?? '') };
}

const maxErrorBytes = 64 * 1024;
