import type { Place } from './model';

/** The path of a place's file, with slashes on every system where it lies below the folder that was checked. */
export const pathOf = ({ file, uri }: Place): string => (isAbsolute(uri) ? file : decodeURIComponent(uri));

/** Whether a URI has a scheme (RFC 3986 section 3.1). */
export const isAbsolute = (uri: string): boolean => /^[a-z][a-z\d+.-]*:/i.test(uri);
