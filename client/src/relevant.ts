/**
 * Whether a text may hold an install: the client's copy of the server's first look, so that a file which can't hold one
 * does not even start the server. A test keeps the two alike.
 */
export const mayHoldInstall = (text: string): boolean =>
  /istioctl|IstioOperator|install\.istio\.io|ISTIOCTL/.test(text);
