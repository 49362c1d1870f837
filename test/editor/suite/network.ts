import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationTarget, commands, window, workspace } from 'vscode';
import { finding, open } from './example';
import type { Tests } from './index';
import { until } from './wait';

const install = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
spec:
  hub: registry.test/istio
  tag: 1.20.0
`;

/** Runs `use` with other settings of the user, by their whole names. */
async function withSettings(settings: Readonly<Record<string, unknown>>, use: () => Promise<void>) {
  const all = workspace.getConfiguration();
  try {
    for (const [name, value] of Object.entries(settings))
      await all.update(name, value, ConfigurationTarget.Global);
    await use();
  } finally {
    for (const name of Object.keys(settings)) await all.update(name, undefined, ConfigurationTarget.Global);
  }
}

export const network: Tests = {
  'requests to registries take the editor’s proxy': async () => {
    const proxy = createServer().listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const asked: string[] = [];
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const settings = { 'http.proxy': url, 'meshfit.registries.allowed': ['registry.test'] };
    try {
      await withSettings(settings, async () => {
        const document = await workspace.openTextDocument({ language: 'yaml', content: install });
        await window.showTextDocument(document);
        await finding(document, 'could-not-check');
      });
      assert.ok(asked.length > 0, 'the proxy was not asked');
      assert.deepEqual([...new Set(asked)], ['registry.test:443']);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  },

  'Show Contacted Hosts lists the requests and what they were for': async () => {
    await finding(await open('istio-1.14.yaml'), 'platform-unsupported');
    await commands.executeCommand('meshfit.showContacts');
    const shown = await until('list of hosts', window.onDidChangeVisibleTextEditors, () =>
      window.visibleTextEditors.find(({ document }) => document.uri.path.includes('Hosts')),
    );
    assert.match(
      shown.document.getText(),
      /: the platforms of docker\.io\/istio\/pilot:1\.14\.1 – HTTP 200, /,
    );
    await commands.executeCommand('workbench.action.closeActiveEditor');
  },
};
