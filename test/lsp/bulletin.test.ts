import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Announcement, createBulletin } from '../../server/src/lsp/bulletin';
import { fileKey, filesFor } from '../../server/src/lsp/files';

const script = TextDocument.create('file:///w/a.sh', 'shellscript', 1, 'x');
const file = TextDocument.create('file:///w/iop.yaml', 'yaml', 7, 'y');

const says = (message: string, uri: string) => {
  const at = { line: 0, character: 0 };
  const diagnostic: Diagnostic = { code: 'c', message, range: { start: at, end: at } };
  return { uri, diagnostic };
};

/** What the editor is told in the end of each file, as its name and version, then the messages. */
async function told(
  open: readonly TextDocument[],
  ...acts: readonly ((by: ReturnType<typeof createBulletin>) => void)[]
) {
  const sent: Announcement[] = [];
  const bulletin = createBulletin(
    uri => open.find(document => document.uri === uri),
    announcement => sent.push(announcement),
  );
  for (const act of acts) {
    act(bulletin);
    await Promise.resolve();
  }
  return sent.map(({ uri, version, diagnostics }) =>
    [
      `${uri.slice('file:///w/'.length)}@${version ?? '-'}`,
      ...diagnostics.map(({ message }) => message),
    ].join(' '),
  );
}

test('a file is told of once, with what it says itself first and the same words once', async () => {
  const both = await told([script, file], bulletin => {
    bulletin.publish(script, [says('shared', file.uri), says('more', file.uri)]);
    bulletin.publish(file, [says('shared', file.uri), says('own', file.uri)]);
  });
  assert.deepEqual(both, ['iop.yaml@7 shared own more', 'a.sh@1']);
});

test('a file that is not open has no version', async () => {
  const closed = await told([script], bulletin => bulletin.publish(script, [says('shared', file.uri)]));
  assert.deepEqual(closed, ['iop.yaml@- shared', 'a.sh@1']);
});

test('what a document said is withdrawn with it, in other files too', async () => {
  const none = await told([script, file], bulletin => {
    bulletin.publish(script, [says('shared', file.uri)]);
    bulletin.withdraw(script);
  });
  assert.deepEqual(none, ['iop.yaml@7', 'a.sh@1']);
});

test('what was said of another version of a file is left out', async () => {
  const edited = TextDocument.create(file.uri, 'yaml', 7, 'y');
  const stale = await told([script, edited], bulletin => {
    bulletin.publish(script, [says('shared', file.uri)]);
    TextDocument.update(edited, [{ text: 'z' }], 8);
  });
  assert.deepEqual(stale, ['iop.yaml@8', 'a.sh@1']);
});

test('what the editor knows already of this version is told again only where the user asks', async () => {
  const edited = TextDocument.create(file.uri, 'yaml', 7, 'y');
  const saysMore = () => [says('own', file.uri), says('more', file.uri)];
  const once = await told(
    [edited],
    bulletin => bulletin.publish(edited, [says('own', file.uri)]),
    bulletin => bulletin.publish(edited, [says('own', file.uri)]),
    bulletin => bulletin.publish(edited, saysMore()),
    () => TextDocument.update(edited, [{ text: 'z' }], 8),
    bulletin => bulletin.publish(edited, saysMore()),
    bulletin => {
      bulletin.repeat();
      bulletin.publish(edited, saysMore());
    },
  );
  const more = 'iop.yaml@8 own more';
  assert.deepEqual(once, ['iop.yaml@7 own', 'iop.yaml@7 own more', more, more]);
});

test('a file that was closed and is opened again is told of afresh', async () => {
  const open = [file];
  const again = await told(
    open,
    bulletin => bulletin.publish(file, []),
    bulletin => {
      open.pop();
      bulletin.withdraw(file);
    },
    bulletin => {
      open.push(file);
      bulletin.publish(file, []);
    },
  );
  assert.deepEqual(again, ['iop.yaml@7', 'iop.yaml@-', 'iop.yaml@7']);
});

test('a file is the same however its URI is escaped', () => {
  assert.equal(fileKey('file:///C:/a@b/x%20y.yaml'), fileKey('file:///c%3A/a%40b/x%20y.yaml'));
  assert.notEqual(fileKey('file:///w/a.yaml'), fileKey('file:///w/A.yaml'));
  assert.equal(fileKey('file:///w/100%'), 'file:///w/100%');
});

test('what is open goes before what is on disk, and keeps the name that the editor has for it', () => {
  const document = TextDocument.create('file:///w/a%40b.yaml', 'yaml', 1, 'open');
  const { read } = filesFor({
    documents: { get: () => undefined, all: () => [document] },
    textAt: uri => (uri.endsWith('/c.yaml') ? 'on disk' : undefined),
    placesOf: reference => [`file:///none/${reference}`, `file:///w/${reference}`],
  });
  assert.deepEqual(read('a@b.yaml', ''), { uri: document.uri, text: 'open' });
  assert.deepEqual(read('c.yaml', ''), { uri: 'file:///none/c.yaml', text: 'on disk' });
  assert.deepEqual(read('d.yaml', ''), { uri: 'file:///none/d.yaml', text: undefined });
});
