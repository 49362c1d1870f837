import { flagTable } from './flagTable';

/** The flags of istioctl that take a value, from every version; each either `--name value` or `--name=value`. */
const withValue: ReadonlySet<string> = new Set([
  ...flagTable.flatMap(({ name, takesValue }) => (takesValue ? [name] : [])),
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
  ['h', 'help'],
  ['i', 'istioNamespace'],
  ['n', 'namespace'],
  ...flagTable.flatMap(({ name, short }): [string, string][] => (short === undefined ? [] : [[short, name]])),
]);

/** Whether `--name` takes a value. A flag that is not known is taken for a switch, which eats no other word. */
export const takesValue = (name: string): boolean => withValue.has(name);

/** The long name of a one-letter flag, the letter itself when it is none of istioctl's. */
export const longName = (letter: string): string => shortNames.get(letter) ?? letter;
