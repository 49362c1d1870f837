/** The languages that the server reads; package.json activates the extension for the same ones. */
export const languages: readonly string[] = ['yaml', 'helm', 'json', 'jsonc'];
