// Written by `npm run facts`; changes by hand are lost.

/** The flags of the commands that install. */
export const flagTable: readonly {
  readonly name: string;
  readonly short?: string;
  readonly takesValue: boolean;
}[] = [
  { name: 'charts', short: 'd', takesValue: true },
  { name: 'cluster-specific', takesValue: false },
  { name: 'component', takesValue: true },
  { name: 'dry-run', takesValue: false },
  { name: 'filename', short: 'f', takesValue: true },
  { name: 'filter', takesValue: true },
  { name: 'force', takesValue: false },
  { name: 'hub', takesValue: true },
  { name: 'imagePullSecrets', takesValue: true },
  { name: 'manifests', short: 'd', takesValue: true },
  { name: 'operatorNamespace', takesValue: true },
  { name: 'output', short: 'o', takesValue: true },
  { name: 'readiness-timeout', takesValue: true },
  { name: 'revision', short: 'r', takesValue: true },
  { name: 'set', short: 's', takesValue: true },
  { name: 'skip-confirmation', short: 'y', takesValue: false },
  { name: 'tag', takesValue: true },
  { name: 'verbose', short: 'v', takesValue: false },
  { name: 'verify', takesValue: false },
  { name: 'versionsURI', short: 'u', takesValue: true },
  { name: 'wait', short: 'w', takesValue: false },
  { name: 'watchedNamespaces', takesValue: true },
];
