/**
 * Whether a text can hold an install at all: plain searches, no parsing. Every install names its tool or the kind of its
 * manifest somewhere, be it in a variable's name.
 */
export const mayHoldInstall = (text: string): boolean =>
  text.includes('istioctl') ||
  text.includes('ISTIOCTL') ||
  mayHoldManifest(text) ||
  mayRunHelm(text) ||
  mayApplyOperator(text);

/** Whether one of the documents of a text may be an install itself. */
export const mayHoldManifest = (text: string): boolean =>
  text.includes('IstioOperator') ||
  text.includes('install.istio.io') ||
  text.includes('sailoperator.io') ||
  text.includes('sidecar.istio.io/proxyImage') ||
  text.includes('gateway.istio.io/agentgatewayImage') ||
  (installsCharts.some(word => text.includes(word)) && mentionsChart(text)) ||
  (text.includes('HelmRelease') && text.includes('chartRef')) ||
  (text.includes('imageType') &&
    ['ProxyConfig', 'proxy.istio.io/config'].some(word => text.includes(word))) ||
  (text.includes('ConfigMap') && holdsValues.some(word => text.includes(word))) ||
  (text.includes('newTag') && text.includes('istio')) ||
  ['pilot:', 'global:', 'hub:', 'tag:'].every(word => text.includes(word));

/** What resources that install charts have, and the lists of them in files of Helm, helmfile and Kustomize. */
const installsCharts: readonly string[] = [
  'HelmRelease',
  'OCIRepository',
  'HelmChart',
  'helmChart',
  'argoproj.io',
  'dependencies:',
  'releases:',
];

/** What the text of a ConfigMap has that is values of a chart of Istio's. */
const holdsValues: readonly string[] = ['pilot:', 'hub:', 'tag:', 'variant:'];

/** Whether a text may install a chart of Istio with Helm. */
export const mayRunHelm = (text: string): boolean =>
  (text.includes('HELM') ||
    (text.includes('helm') &&
      ['helm ', 'helm3 ', 'helm"', "helm'", 'helm}'].some(word => text.includes(word)))) &&
  mentionsChart(text);

/** Whether a text names one of the charts that bring images, or the folder of one. */
const mentionsChart = (text: string): boolean =>
  text.includes('istiod') ||
  text.includes('ztunnel') ||
  text.includes('istio-discovery') ||
  /istio-(?:in|e)gress/.test(text) ||
  (text.includes('cni') && text.includes('istio'));

/** Whether a text of Terraform's may install a chart of Istio; which one may stand in another file. */
const mayReleaseChart = (text: string): boolean =>
  /\bhelm_(?:release|template)\b/.test(text) && (text.includes('istio') || text.includes('ztunnel'));

/** The first look at a text of any language: whether one of the sources may find an install in it. */
export const mayInterest = (text: string): boolean => mayHoldInstall(text) || mayReleaseChart(text);

/** Whether words are a command of Helm's that installs or prints a chart of Istio. */
export const isHelmInstall = ([name = '', ...words]: readonly string[]): boolean =>
  namesHelm(name) && words.some(word => helmVerb.test(word)) && words.some(word => chart.test(word));

/** Whether a text runs Helm to install or to print a chart of Istio. */
export const runsHelm = (text: string): boolean =>
  /\bhelm\w*\}?\s/i.test(text) && mentionsChart(text) && /\b(?:install|upgrade|template)\b/.test(text);

export const namesHelm = (word: string): boolean =>
  /(?:^|[/\\])helm3?(?:\.exe)?$/.test(word) || /^\$\{?\w*helm\w*\}?$/i.test(word);

/**
 * Whether words are a command that hands files to the cluster of which one, by its name, may hold an IstioOperator; scripts hand
 * over many files, and looking into each would cost more than it tells.
 */
export const appliesOperator = ([name = '', ...words]: readonly string[]): boolean =>
  /(?:^|[/\\])(?:kubectl|oc)(?:\.exe)?$/.test(name) &&
  words.some(word => /^(?:apply|create|replace)$/.test(word)) &&
  words.some((word, index) => {
    const value =
      word === '-f' || word === '--filename' ? words[index + 1] : /^(?:-f|--filename=)(.+)$/.exec(word)?.[1];
    return value !== undefined && operatorFile.test(value);
  });

/** Whether a text may have such a command, by plain searches. */
export const mayApplyOperator = (text: string): boolean =>
  (text.includes('kubectl') || text.includes('oc ')) &&
  (text.includes(' -f') || text.includes('--filename')) &&
  ['apply', 'create', 'replace'].some(verb => text.includes(verb)) &&
  operatorFile.test(text);

/** The name of a file in which an IstioOperator may be. */
const operatorFile = /(?:istio|iop|operator)[\w-]{0,50}\.(?:ya?ml|json)/i;

const helmVerb = /^(?:install|upgrade|template)$/;

/** The last step of a chart's name, path or address. */
const chart =
  /(?:^|[/\\])(?:istiod|ztunnel|istio-discovery|istio-cni|istio-base|istio-ingress|istio-egress|cni|base|gateway)(?:-v?\d[\w.-]*\.tgz)?[/\\]?$/;

/** Whether a word of a command is the tool that installs: `istioctl`, `./istio-1.8.2/bin/istioctl`, `$ISTIOCTL`. */
export const namesInstaller = (word: string): boolean =>
  /(?:^|[/\\])istioctl(?:[-_.:]?v?\d[\w.-]*|[-_][\w.-]+)?(?:\.exe)?$/i.test(word) ||
  /^\$\{?\w*istioctl\w*\}?$/i.test(word);

/** Whether a text runs the tool that installs somewhere. */
export const runsInstaller = (text: string): boolean => /istioctl/i.test(text) && /\s/.test(text.trim());

/** Whether a command, or a variable by its name, may tell which version of the tool is used. */
export const mayTellVersion = (text: string): boolean => /istio|^TARGET_ARCH/i.test(text);
