import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogOutputChannel } from 'vscode';
import { redacted, withoutSecrets } from '../../client/src/withoutSecrets';

const params = {
  url: 'https://registry.example/v2/',
  headers: { authorization: 'Basic YWxpY2U6cyJlY3JldA==', accept: 'application/json' },
  body: 'grant_type=password&username=alice&password=s%22ecret',
};
const answer = {
  kind: 'answer',
  headers: {
    'set-cookie': ['a=SECRET', 'b=SECRET'],
    location: ['https://storage.example/blob?X-Amz-Signature=SECRET'],
  },
  body: 'eyJ0b2tlbiI6IlNFQ1JFVCJ9',
};
const http = {
  proxy: 'http://alice:s%22ecret@proxy.example',
  proxyAuthorization: 'Basic YWxpY2U6cyJlY3JldA==',
};

for (const indentation of [undefined, 4])
  test(`a trace holds no secret of a request or an answer (${indentation ?? 'compact'})`, () => {
    const text = redacted(`Params: ${JSON.stringify({ ...params, answer, http }, null, indentation)}`);
    assert.doesNotMatch(text, /YWxpY2U|ecret|SECRET|eyJ0/);
    for (const host of ['registry.example', 'storage.example/blob', 'proxy.example'])
      assert.ok(text.includes(host), host);
    assert.match(text, /application\/json/);
  });

test('only the trace is changed, and the log stays itself otherwise', () => {
  const lines: string[] = [];
  const log = Object.freeze({
    name: 'Meshfit',
    info: (message: string) => lines.push(message),
    trace: (message: string) => lines.push(message),
  }) as unknown as LogOutputChannel;
  const traced = withoutSecrets(log);
  traced.info('"body": "a"');
  traced.trace('"body": "a"');
  assert.equal(traced.name, 'Meshfit');
  assert.deepEqual(lines, ['"body": "a"', '"body": "…"']);
});
