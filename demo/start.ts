import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startRegistry } from './registry';

/** Checks the examples with the real command line against the embedded registry, and says what to do next. */
async function start(): Promise<number> {
  const registry = await startRegistry({ auth: true });
  try {
    const words = [
      'check',
      'examples',
      '--mirror',
      `docker.io=${registry.url}`,
      '--mirror',
      `ghcr.io=${registry.url}`,
    ];
    console.log(`An embedded registry on ${registry.url} stands for docker.io and ghcr.io.\n`);
    console.log(`$ meshfit check examples --platform linux/arm64\n`);
    const meshfit = spawn(process.execPath, ['dist/cli.js', ...words], { stdio: 'inherit' });
    const [code] = (await once(meshfit, 'exit')) as [number | null];
    if (code !== 1) {
      console.error(`\nThe examples hold findings, so status 1 was expected, but it was ${code}.`);
      return 1;
    }
  } finally {
    await registry.close();
  }
  console.log(`
This is what people see in their editor, too, while they type. To try it:  npm run editor
To check files of your own:  node dist/cli.js check FOLDER   (asks the real registries)`);
  return 0;
}

start().then(code => {
  process.exitCode = code;
});
