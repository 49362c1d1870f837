/**
 * Whether a text can hold an install at all: plain searches, no parsing. Every install names its tool or the kind of its
 * manifest somewhere, be it in a variable's name.
 */
export const mayHoldInstall = (text: string): boolean =>
  text.includes('istioctl') ||
  text.includes('IstioOperator') ||
  text.includes('install.istio.io') ||
  text.includes('ISTIOCTL');
