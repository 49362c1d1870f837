/** The languages that the server reads; package.json activates the extension for the same ones. */
export const languages: readonly string[] = [
  'yaml',
  'helm',
  'json',
  'jsonc',
  'ansible',
  'azure-pipelines',
  'dockercompose',
  'github-actions-workflow',
  'shellscript',
  'sh',
  'bash',
  'zsh',
  'makefile',
  'make',
  'dockerfile',
  'markdown',
  'mdx',
  'groovy',
  'jenkinsfile',
  'terraform',
  'opentofu',
  'hcl',
];

/** The files that an install may be made from, whatever else stands beside them: a change in one is told to the server. */
export const watchedFiles =
  '**/{*.yaml,*.yml,*.json,*.sh,*.bash,*.zsh,*.env,.env,.env.*,.tool-versions,*.mk,Makefile,*.tpl,*.tmpl,*.j2,*.tf,*.tofu,*.tfvars,*.tftpl}';
