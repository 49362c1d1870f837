/** Where the source of Meshfit is kept. */
export const home = 'https://github.com/meshfit/meshfit';

/** The address of the page that explains a rule's code. */
export const rulePage = (code: string): string => `${home}/blob/main/server/src/rules/${code}.md`;
