import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dockerfile } from '../../../server/src/sources/dockerfile/dockerfile';
import { stagesOf } from '../../../server/src/sources/dockerfile/stages';
import { assertFast, assertReads, assertTraced, readAlone, showCommands, showTraced } from '../makefile/show';

const scriptsIn = (text: string) => stagesOf(text, 'file:///Dockerfile').flat();

/** A Dockerfile and the scripts that it runs. */
const runs = (name: string, text: string, ...scripts: readonly string[]) =>
  test(name, () =>
    assert.deepEqual(
      scriptsIn(text).map(script => showTraced(script.text, text)),
      scripts,
    ),
  );

runs('the shell form', 'FROM a\nRUN b\nrun c\n', 'b', 'c');
runs('a line that goes on', 'RUN a && \\\n  b\n', 'a && \\\n  b');
runs('blanks after the backslash', 'RUN a \\ \t\n  b\n', 'a \\\n  b');
runs('comments between lines', 'RUN a \\\n  # c\n\n  b\nRUN c\n', 'a \\\n  b', 'c');
runs('flags', 'RUN --mount=type=cache,target=/x --network=none \\\n  a --b\n', 'a --b');
runs('another escape character', '# escape=`\nRUN a `\n  \\b\n', 'a   \\b');
runs('CRLF and a byte order mark', '\uFEFFRUN a \\\r\n  b\r\nRUN c\r\n', 'a \\\n  b', 'c');
runs('words', 'RUN ["a", "b c", "it\'s", "\\u0041"]', "'a' 'b c' 'it'\\''s' 'A'");
runs('words over lines', 'RUN ["a", \\\n  "b"]', "'a' 'b'");
runs('no words, for Docker reads it so', "RUN ['a']", "['a']");
runs('a here-document', 'RUN <<EOF\na\nb\nEOF\nRUN c\n', 'a\nb\n', 'c');
runs('a here-document without tabs', "RUN <<-'EOF'\n\ta\n\tEOF\nRUN c", 'a\n', 'c');
runs('a here-document of a command', 'RUN cat <<EOF | a\nb\nEOF\nRUN c', 'cat <<EOF | a\nb\nEOF\n', 'c');
runs('a here-document of another language', 'RUN <<EOF\n#!/usr/bin/env python3\nEOF\n');
runs('a here-document of a shell', 'RUN <<EOF\n#!/bin/bash\na\nEOF\n', '#!/bin/bash\na\n');
runs('a here-document that is copied', 'COPY <<EOF /a.yaml\nb: 1\nEOF\n', 'cat > /a.yaml <<EOF\nb: 1\nEOF\n');
runs('a shell of Windows', 'SHELL ["powershell", "-c"]\nRUN a\nSHELL ["/bin/bash", "-c"]\nRUN b\n', 'b');
runs('the folder', 'ENV V=1\nWORKDIR /istio-$V\n', 'cd /istio-1');
runs('what a child image runs', 'ONBUILD RUN a\n', 'a');
runs('what a container runs', 'FROM x\nCMD a\nCMD b\n', 'b');
runs('what a container runs with words', 'FROM x\nENTRYPOINT ["a"]\nCMD ["b"]\n', "'a' 'b'");
runs('an entrypoint in shell form takes no words', 'FROM x\nENTRYPOINT a\nCMD ["b"]\n', 'a');
runs('nothing else', '# RUN a\nLABEL x="RUN b"\nCOPY a b\n');

/** The value of `A` where the last script runs. */
const isThen = (name: string, text: string, value: string | undefined) =>
  test(name, () => {
    const [given] = scriptsIn(`${text}\nRUN a`).at(-1)?.variables.get('A') ?? [];
    assert.equal(given && showTraced(given, text), value);
  });
isThen('ENV', 'FROM x\nENV A=1 B=2', '1');
isThen('the old form of ENV', 'FROM x\nENV A 1 2', '1 2');
isThen('quotes', 'FROM x\nENV A="1 2" B=\'3\'', '1 2');
isThen('an escaped blank', 'FROM x\nENV A=1\\ 2', '1 2');
isThen('ARG', 'FROM x\nARG A=1', '1');
isThen('ARG without a value', 'FROM x\nARG A', '<$A: it is given to docker build from outside>');
isThen('ARG before FROM', 'ARG A=1\nFROM x', undefined);
isThen('ARG before FROM, named again', 'ARG A=1\nFROM x\nARG A', '1');
isThen('ENV wins over ARG', 'FROM x\nENV A=1\nARG A=2', '1');
isThen('a value of others', 'FROM x\nARG V=1\nENV A=x-${V}/$V', 'x-1/1');
isThen('single quotes keep the dollar', "FROM x\nENV A='$V'", '$V');
isThen('a default', 'FROM x\nENV A=${V:-2}', '2');
isThen('an alternative', 'FROM x\nENV V=1\nENV A=${V:+2}', '2');
isThen('what the base image may set', 'FROM x\nENV A=$V', '<$V: it may be set by the base image>');
isThen('another stage', 'FROM x\nENV A=1\nFROM y', undefined);
isThen('a stage on another', 'FROM x AS b\nENV A=1\nARG A=2\nFROM b', '1');
isThen('arguments stay in their stage', 'FROM x AS b\nARG A=2\nFROM b', undefined);

test('words know where they are written', () => {
  const text = 'ARG V=1.14.1\nFROM x\nARG V\nRUN istioctl install \\\n  # c\n  --set tag=$V\n';
  assert.deepEqual(showCommands(dockerfile, text), ['istioctl install --set tag=1.14.1@tag=$V']);
});

test('a word can be changed but none added in the form of a list', () => {
  const [command] = readAlone(dockerfile, 'RUN ["istioctl", "install", "--set", "tag=1.14.1"]');
  assert.equal(command?.kind === 'command' && command.words.at(-1)?.traced.stretches[0]?.exact, true);
  assert.equal(command?.kind === 'command' && command.end, undefined);
});

test('any text is read, and every site lies within it', () => {
  const part = fc.constantFrom(
    ...[
      'FROM x\n',
      'FROM x AS y\n',
      'FROM y\n',
      'RUN ',
      'ENV ',
      'ARG ',
      'CMD ',
      'ENTRYPOINT ',
      'COPY ',
      'WORKDIR ',
      '\n',
    ],
    ...[
      '\r\n',
      '\\\n',
      '`\n',
      '# escape=`\n',
      '# c\n',
      'A',
      'A=',
      '$A',
      '${A',
      '${A:-',
      '}',
      '"',
      "'",
      '["a"]',
      '["',
      '<<EOF',
    ],
    ...[
      'EOF\n',
      '--mount=a ',
      'istioctl install ',
      '--set tag=$A',
      ' ',
      '\t',
      '\uFEFF',
      '\\',
      '["istioctl", "install"]',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 4 })), { maxLength: 40 }), parts => {
      const text = parts.join('');
      for (const { text: script, variables } of scriptsIn(text))
        for (const traced of [script, ...[...variables.values()].flat()]) assertTraced(traced, text);
      assertReads(dockerfile, text);
    }),
    { numRuns: 500 },
  );
});

for (const [name, text] of [
  ['one line', `RUN istioctl ${'x'.repeat(1e6)}`],
  ['comments between lines', `RUN istioctl ${'a \\\n# c\n'.repeat(300_000)}`],
  ['values that double', 'ENV A=$A$A\n'.repeat(100_000)],
  ['many values', `ENV ${'B=$A$A '.repeat(200_000)}`],
  ['here-documents that are never closed', 'RUN <<EOF\nx\n'.repeat(100_000)],
  ['open brackets', `RUN ${'['.repeat(1e6)}`],
] as const)
  test(`a large Dockerfile: ${name}`, () => assertFast(() => scriptsIn(text)));
