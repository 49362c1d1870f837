/** Whether a text names a registry as `HOST` or `HOST:PORT`, and so holds nothing that would deceive whoever is asked about it. */
export const isRegistryHost = (text: string): boolean =>
  /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(text);
