import { imageNames, noticesOf } from '../core/install';
import type { Rule } from '../core/rule';
import { sameSite } from '../core/text';

/** A tag of which the installer makes a number, so that another image is pulled than the one that is written. */
export const tagRetyped: Rule = {
  code: 'tag-retyped',
  title: 'The tag is read as a number',
  severity: 'warning',
  check: install =>
    noticesOf(install, 'tag-retyped').map(({ site, written, used, advice, repairs }) => ({
      code: tagRetyped.code,
      severity: tagRetyped.severity,
      message: `The tag ${written} is read as ${used}, because it looks like no text. ${advice}`,
      site,
      related: [],
      images: imageNames(
        install.images.filter(({ parts: { tag } }) => {
          const origin = tag?.origin;
          return origin?.kind === 'written' && sameSite(origin.site, site);
        }),
      ),
      evidence: 'text',
      install: install.anchor,
      repairs,
    })),
};
