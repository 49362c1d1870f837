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

/**
 * The endings of files that the server reads too, and that VS Code itself knows no language for: without an extension for
 * Terraform a `.tf` file is plain text. They are taken by their names, because a language that two extensions name for the
 * same files, as `terraform` and `opentofu`, is that of whichever VS Code loads last.
 */
export const plainEndings: readonly string[] = [
  'tf',
  'tofu',
  'tpl',
  'tmpl',
  'gotmpl',
  'j2',
  'template',
  'mdx',
  'bats',
  'command',
  'make',
];

/** The files that an install may be made from, whatever else stands beside them: a change in one is told to the server. */
export const watchedFiles =
  '**/{*.yaml,*.yml,*.json,*.sh,*.bash,*.zsh,*.env,.env,.env.*,.tool-versions,*.mk,Makefile,*.tpl,*.tmpl,*.j2,*.tf,*.tofu,*.tfvars,*.tftpl}';
