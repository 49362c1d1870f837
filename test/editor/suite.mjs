import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { copyExamples, repository, writeSettings } from './world.mjs';

/**
 * Runs the extension's own suite in the extension host of a real VS Code: with `desktop` in one that
 * @vscode/test-electron downloads, else in VS Code's server. The result of each test is `{name}` or `{name, why}`.
 */
export async function runSuite(world, { desktop }) {
  const extensionTestsPath = join(repository, 'out/editor/suite.js');
  await build({
    entryPoints: [join(repository, 'test/editor/suite/index.ts')],
    outfile: extensionTestsPath,
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const workspace = await copyExamples(world, 'suite');
  await writeFile(join(workspace, 'plain.yaml'), 'replicas: 2\nimage: nginx:1.27\n');
  await writeFile(join(workspace, 'plain.sh'), '#!/bin/sh\nkubectl apply -f plain.yaml\n');
  await writeSettings(join(workspace, '.vscode'), {
    'meshfit.mirrors': { 'docker.io': 'http://127.0.0.1:9' },
  });
  const profile = join(world.folder, 'suite/profile');
  await writeSettings(join(profile, 'User'), {
    ...world.settings,
    'chat.disableAIFeatures': true,
    // In a browser VS Code saves by itself unless it is told not to; the tests count on what is on disk.
    'files.autoSave': 'off',
    'telemetry.telemetryLevel': 'off',
  });
  const report = join(world.folder, 'suite/report.json');
  const running = runTests({
    ...(desktop ? {} : { vscodeExecutablePath: join(repository, 'test/editor/launcher.mjs') }),
    extensionDevelopmentPath: repository,
    extensionTestsPath,
    extensionTestsEnv: { ...world.environment, MESHFIT_SUITE_REPORT: report },
    launchArgs: [workspace, `--user-data-dir=${profile}`, `--extensions-dir=${join(profile, 'extensions')}`],
  }).then(
    () => undefined,
    error => error.message,
  );
  world.defer(() => running);
  const ended = await running;
  const results = existsSync(report) ? JSON.parse(await readFile(report, 'utf8')) : [];
  if (results.length > 0 && (ended === undefined || results.some(({ why }) => why !== undefined)))
    return results;
  const end = { name: 'the suite comes to its end', why: ended ?? 'it wrote no results' };
  console.log(`not ok ${end.name}: ${end.why}`);
  return [...results, end];
}
