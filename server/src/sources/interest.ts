/**
 * Whether a text can hold an install at all: plain searches, no parsing. Every install names its tool or the kind of its
 * manifest somewhere, be it in a variable's name.
 */
export const mayHoldInstall = (text: string): boolean =>
  text.includes('istioctl') ||
  text.includes('IstioOperator') ||
  text.includes('install.istio.io') ||
  text.includes('ISTIOCTL');

/** Whether a word of a command is the tool that installs: `istioctl`, `./istio-1.8.2/bin/istioctl`, `$ISTIOCTL`. */
export const namesInstaller = (word: string): boolean =>
  /(?:^|[/\\])istioctl(?:[-_.]?v?\d[\w.-]*|[-_][\w.-]+)?(?:\.exe)?$/i.test(word) ||
  /^\$\{?\w*istioctl\w*\}?$/i.test(word);

/** Whether a text runs the tool that installs somewhere. */
export const runsInstaller = (text: string): boolean => /istioctl/i.test(text) && /\s/.test(text.trim());

/** Whether a command, or a variable by its name, may tell which version of the tool is used. */
export const mayTellVersion = (text: string): boolean => /istio|^TARGET_ARCH/i.test(text);
