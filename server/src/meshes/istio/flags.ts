/** The flags of istioctl that take a value, from every version; each either `--name value` or `--name=value`. */
const withValue: ReadonlySet<string> = new Set([
  // operator/cmd/mesh/*.go of 1.5.0 to 1.31.0-rc.0: install, upgrade, manifest apply|generate,
  // operator init.
  'charts',
  'component',
  'filename',
  'filter',
  'hub',
  'imagePullSecrets',
  'manifests',
  'operatorNamespace',
  'output',
  'readiness-timeout',
  'revision',
  'set',
  'tag',
  'versionsURI',
  'watchedNamespaces',
  // istioctl/cmd/root.go, pkg/log options, and the flags of kubectl that istioctl takes before or after the verb.
  'as',
  'as-group',
  'as-uid',
  'context',
  'istioNamespace',
  'kubeclient-timeout',
  'kubeconfig',
  'log_caller',
  'log_output_level',
  'log_rotate',
  'log_rotate_max_age',
  'log_rotate_max_backups',
  'log_rotate_max_size',
  'log_stacktrace_level',
  'log_target',
  'namespace',
  'vklog',
]);

/** The one-letter flags and what they stand for. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['c', 'kubeconfig'],
  ['d', 'manifests'],
  ['f', 'filename'],
  ['h', 'help'],
  ['i', 'istioNamespace'],
  ['n', 'namespace'],
  ['o', 'output'],
  ['r', 'revision'],
  ['s', 'set'],
  ['u', 'versionsURI'],
  ['v', 'verbose'],
  ['w', 'wait'],
  ['y', 'skip-confirmation'],
]);

/** Whether `--name` takes a value. A flag that is not known is taken for a switch, which eats no other word. */
export const takesValue = (name: string): boolean => withValue.has(name);

/** The long name of a one-letter flag, the letter itself when it is none of istioctl's. */
export const longName = (letter: string): string => shortNames.get(letter) ?? letter;
