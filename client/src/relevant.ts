/**
 * Whether a text may hold an install: the client's copy of the server's first look, so that a file which can't hold one
 * does not even start the server. A test keeps the two alike.
 */
export const mayHoldInstall = (text: string): boolean =>
  /istioctl|IstioOperator|install\.istio\.io|ISTIOCTL|sailoperator\.io|sidecar\.istio\.io|gateway\.istio\.io/.test(
    text,
  ) ||
  (/helm|HELM|HelmRelease|argoproj\.io|dependencies|newTag/.test(text) && /istio|ztunnel/.test(text)) ||
  (/pilot:/.test(text) && /global:/.test(text) && /hub:/.test(text));
