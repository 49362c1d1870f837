import type { Site } from '../../core/text';
import { type Traced, tracedUnknown } from '../../core/traced';

const outsideWhy = 'it is given from outside the script';

/** A value that whoever runs the script has to give. */
export const fromOutside = (raw: string, site: Site): Traced => tracedUnknown(raw, site, outsideWhy);

/** Whether all of a text has to be given by whoever runs the script. */
export const isFromOutside = ({ raw, stretches }: Traced): boolean =>
  raw !== '' && stretches.every(({ length, why }) => length === 0 || why === outsideWhy);

export const isUnknown = ({ stretches }: Traced): boolean => stretches.some(({ why }) => why !== undefined);
