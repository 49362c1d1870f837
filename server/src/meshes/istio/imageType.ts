import { literal, type Text } from '../../core/text';
import { joined } from './piece';

/**
 * The tag with an image type of the injector's behind it: the type takes the place of one that the tag ends with, and
 * `default` stands for none (istio pkg/kube/inject/inject.go updateImageTypeIfPresent).
 */
export function withImageType(tag: Text, type: Text): Text {
  const bare = tag.kind === 'literal' ? literal(tag.value.replace(/-(?:debug|distroless)$/, '')) : tag;
  const isDefault = type.kind === 'literal' && type.value === 'default';
  return isDefault ? bare : joined([bare, literal('-'), type]);
}
