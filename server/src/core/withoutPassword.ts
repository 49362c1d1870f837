/** A text that should be an address, without the name and the password that may stand before its host (RFC 3986 3.2.1). */
export const withoutPassword = (address: string): string =>
  address.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1…@');
