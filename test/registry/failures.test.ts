import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { ask, asked, imageOf, registryFor } from '../support/askRegistry';
import { type Answer, fakeRegistry, index, serve } from '../support/fakeRegistry';

const multi = index('linux/arm64');

/** What is said of an image when the registry answers like this, and how often it was asked. */
async function outcome(t: test.TestContext, answer: Answer, limits = {}): Promise<readonly [string, number]> {
  const fake = await fakeRegistry(t, () => answer);
  const said = await asked(registryFor([fake.host], { limits }), `${fake.host}/a/b:1`);
  return [said.replaceAll(fake.host, 'HOST'), fake.seen.length];
}

const errors = (code: string, message = '') => JSON.stringify({ errors: [{ code, message }] });

test('not found is a fact, whatever the words', async t => {
  const absent = async (body: string) => (await outcome(t, { status: 404, body }))[0];
  assert.equal(await absent(errors('MANIFEST_UNKNOWN')), 'absent: HOST has no tag 1 of a/b');
  assert.equal(await absent(errors('NAME_UNKNOWN')), 'absent: HOST has no repository a/b');
  assert.equal(await absent(errors('NOT_FOUND')), 'absent: HOST has no such tag or repository');
  assert.equal(await absent('Not found\r\n'), 'absent: HOST has no such tag or repository');
});

test('an absent image is not asked for again within five minutes', async t => {
  let time = 1e12;
  const fake = await fakeRegistry(t, serve({}));
  const registry = registryFor([fake.host], { now: () => time });
  const kinds = [];
  for (const minutes of [0, 4, 2]) {
    time += minutes * 60_000;
    kinds.push((await ask(registry, `${fake.host}/a/b:1`)).kind);
  }
  assert.deepEqual([kinds, fake.seen.length], [['absent', 'absent', 'absent'], 2]);
});

test('case 30: a server error is tried three times and kept for half a minute', async t => {
  for (const status of [500, 502, 503]) {
    const why = `unreachable: HOST has a problem of its own (HTTP ${status})`;
    assert.deepEqual(await outcome(t, { status }), [why, 3]);
  }
  const fake = await fakeRegistry(t, () => ({ status: 500 }));
  const fact = await ask(registryFor([fake.host], { now: () => 1e12 }), `${fake.host}/a/b:1`);
  assert.equal(fact.kind === 'unreachable' && fact.retryAt, 1e12 + 30_000);
});

test('case 30: a server error that passes is not noticed', async t => {
  let count = 0;
  const fake = await fakeRegistry(t, request =>
    ++count < 3 ? { status: 503 } : serve({ '1': multi })(request),
  );
  assert.equal(await asked(registryFor([fake.host]), `${fake.host}/a/b:1`), 'linux/arm64');
});

const waits: readonly (readonly [string, number])[] = [
  ['5', 5_000],
  ['86400', 3_600_000],
  ['-1', 30_000],
  ['soon', 30_000],
  [new Date(1e12 + 60_000).toUTCString(), 60_000],
];

for (const [header, milliseconds] of waits) {
  test(`case 29: too many requests, Retry-After: ${header}`, async t => {
    const fake = await fakeRegistry(t, () => ({ status: 429, headers: { 'retry-after': header } }));
    const registry = registryFor([fake.host], { now: () => 1e12 });
    const fact = await ask(registry, `${fake.host}/a/b:1`);
    assert.deepEqual(fact, {
      kind: 'unreachable',
      why: `${fake.host} says that it is asked too often`,
      retryAt: 1e12 + milliseconds,
    });
    await registry.load(['2', '3', '4'].map(tag => imageOf(`${fake.host}/a/b:${tag}`)));
    assert.equal(registry.peek(imageOf(`${fake.host}/a/b:4`)).kind, 'unreachable');
    assert.equal(fake.seen.length, 1);
  });
}

test('case 29: a short Retry-After is waited for, a few times only', async t => {
  const past = { 'retry-after': new Date(0).toUTCString() };
  assert.equal((await outcome(t, { status: 429, headers: { 'retry-after': '0' } }))[1], 3);
  assert.equal((await outcome(t, { status: 429, headers: past }))[1], 3);
});

test('case 29: too many requests is recognised under any status', async t => {
  for (const status of [200, 403]) {
    const body = errors('TOOMANYREQUESTS', 'You have reached your pull rate limit');
    assert.deepEqual(await outcome(t, { status, body }), [
      'unreachable: HOST says that it is asked too often',
      1,
    ]);
  }
});

test('case 27: what a registry says is shown as plain, short text', async t => {
  const message = `\u001b[31m[x](command:evil)\u202e<img onerror>\n\`a\`${'y'.repeat(1000)}`;
  const [said] = await outcome(t, { status: 400, body: errors('NAME_INVALID', message) });
  assert.ok(
    said.startsWith('unreachable: HOST answered with HTTP 400: [31m[x](command:evil) <img onerror> `a`yyy'),
  );
  assert.ok(said.length < 260);
  const [long] = await outcome(t, { status: 400, body: errors('X', 'z'.repeat(1e6)) });
  assert.equal(long, 'unreachable: HOST answered with HTTP 400');
});

test('a web page is no manifest', async t => {
  const why = 'unreachable: HOST sent something that is no manifest (a sign-in page, or a proxy?)';
  const page = { headers: { 'content-type': 'text/html' }, body: '<html>Please sign in</html>' };
  assert.deepEqual(await outcome(t, page), [why, 1]);
});

test('case 19: too much is not read to the end', async t => {
  const endless: Answer = response => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    more();
  };
  const fake = await fakeRegistry(t, () => endless);
  const registry = registryFor([fake.host]);
  assert.equal(
    await asked(registry, `${fake.host}/a/b:1`),
    `unreachable: the answer of ${fake.host} is too long`,
  );
  for (let turns = 0; fake.connections() > 0 && turns < 1000; turns += 1) await new Promise(setImmediate);
  assert.equal(fake.connections(), 0);
});

test('case 20: the limit counts what is unpacked', async t => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const gzip = { 'content-encoding': 'gzip' };
  assert.deepEqual(await outcome(t, { headers: gzip, body: bomb }), [
    'unreachable: the answer of HOST is too long',
    1,
  ]);
  const packed = await fakeRegistry(t, () => ({ headers: gzip, body: gzipSync(multi.body) }));
  assert.equal(await asked(registryFor([packed.host]), `${packed.host}/a/b:1`), 'linux/arm64');
});

test('case 20: content that is packed twice, wrongly or in an unknown way', async t => {
  const encoded = async (encoding: string, body: Buffer | string) =>
    (await outcome(t, { headers: { 'content-encoding': encoding }, body }))[0];
  const broken = "unreachable: HOST sent an answer that can't be unpacked";
  assert.equal(await encoded('gzip', 'not gzip at all'), broken);
  assert.equal(await encoded('br', 'not brotli at all, no'), broken);
  assert.match(await encoded('gzip, gzip', gzipSync(gzipSync(multi.body))), /something that is no manifest/);
  assert.equal(await encoded('bogus', multi.body), 'linux/arm64');
});

test('case 19: half an answer is tried again, and never believed', async t => {
  const half: Answer = response => {
    response.writeHead(200, { 'content-length': multi.body.length });
    response.write(multi.body.slice(0, 20), () => response.destroy());
  };
  assert.deepEqual(await outcome(t, half), ['unreachable: HOST broke off the connection', 3]);
});

test('case 19: a server that answers nothing, or drop by drop, is left in time', async t => {
  const silent = await outcome(t, () => {}, { headers: 50 });
  assert.deepEqual(silent, ['unreachable: HOST did not answer within 0.05 s', 1]);
  const drip: Answer = response => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(' '), 5);
    response.on('close', () => clearInterval(timer));
  };
  assert.deepEqual(await outcome(t, drip, { lookup: 80 }), [
    'unreachable: HOST did not answer within 0.08 s',
    1,
  ]);
});

test('case 19: headers that never end, in small pieces', async t => {
  const server = createServer(socket => {
    socket.on('error', () => {}).write('HTTP/1.1 200 OK\r\n');
    const timer = setInterval(() => socket.write('X: y\r\n'), 5);
    socket.on('close', () => clearInterval(timer));
  });
  const host = await listening(t, server);
  const said = await asked(registryFor([host], { limits: { headers: 50 } }), `${host}/a/b:1`);
  assert.equal(said, `unreachable: ${host} did not answer within 0.05 s`);
});

test('case 19: an answer that is longer than it says is cut there, and so is no manifest', async t => {
  const { body } = multi;
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length - 10}\r\nConnection: close\r\n\r\n`;
  const host = await rawServer(t, head + body);
  assert.match(
    await asked(registryFor([host]), `${host}/a/b:1`),
    /something that is no manifest|HTTP as it should/,
  );
});

test('case 33: HTTP/1.0 without a length ends with the connection', async t => {
  const host = await rawServer(t, `HTTP/1.0 200 OK\r\n\r\n${multi.body}`);
  assert.equal(await asked(registryFor([host]), `${host}/a/b:1`), 'linux/arm64');
});

test('case 33: a kept connection that is gone when it is used again is not noticed', async t => {
  const body = multi.body;
  let connections = 0;
  const server = createServer(socket => {
    connections += 1;
    let requests = 0;
    socket
      .on('error', () => {})
      .on('data', () => {
        requests += 1;
        if (requests > 1) return socket.resetAndDestroy();
        return socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      });
  });
  const host = await listening(t, server);
  const registry = registryFor([host]);
  assert.equal(await asked(registry, `${host}/a/b:1`), 'linux/arm64');
  assert.equal(await asked(registry, `${host}/a/b:2`), 'linux/arm64');
  assert.equal(connections, 2);
});

test('case 33: a server that hangs up after the question, or stays half open', async t => {
  const hangsUp = createServer(socket => socket.on('error', () => {}).once('data', () => socket.end()));
  const halfOpen = createServer({ allowHalfOpen: true }, socket =>
    socket
      .on('error', () => {})
      .end()
      .resume(),
  );
  for (const server of [hangsUp, halfOpen]) {
    const host = await listening(t, server);
    const said = await asked(registryFor([host], { limits: { headers: 200 } }), `${host}/a/b:1`);
    assert.equal(said, `unreachable: ${host} broke off the connection`);
  }
});

/** Starts a server until the test ends, and gives its `127.0.0.1:PORT`. */
async function listening(t: test.TestContext, server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', socket => void sockets.add(socket));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : assert.fail()}`;
}

/** A server that sends this text to whoever connects. */
async function rawServer(t: test.TestContext, text: string): Promise<string> {
  const server = createServer(socket => socket.on('error', () => {}).once('data', () => socket.end(text)));
  return listening(t, server);
}

const rawAnswers: readonly (readonly [string, RegExp])[] = [
  ['SSH-2.0-OpenSSH_9.2\r\n', /does not speak HTTP as it should/],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', /broke off the connection/],
  [
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    /does not speak HTTP/,
  ],
  [`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, /does not speak HTTP as it should/],
  ['HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{}', /broke off the connection/],
  ['', /broke off the connection/],
];

for (const [text, why] of rawAnswers) {
  test(`case 33: the raw answer ${JSON.stringify(text.slice(0, 60))}`, async t => {
    const host = await rawServer(t, text);
    const said = await asked(registryFor([host]), `${host}/a/b:1`);
    assert.ok(said.startsWith(`unreachable: ${host} `), said);
    assert.match(said, why);
  });
}

test('nobody there: said once, and the other images of the host do not wait for it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : assert.fail()}`;
  await new Promise(resolve => server.close(resolve));
  const registry = registryFor([host]);
  const why = `unreachable: ${host} can't be reached: it refuses connections`;
  assert.equal(await asked(registry, `${host}/a/b:1`), why);
  assert.equal(await asked(registry, `${host}/a/b:2`), why);
});

test('a host name that does not exist', async () => {
  const missing = Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' });
  const registry = registryFor([], { lookup: (_name, _options, callback) => callback(missing, []) });
  const why = "unreachable: quay.io can't be reached: there is no such host name";
  assert.equal(await asked(registry, 'quay.io/a/b:1'), why);
});
