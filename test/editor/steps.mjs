import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './world.mjs';

/**
 * Takes steps, named in plain words, in order, and gives the result of each as `{name}` or `{name, why}`. After a step
 * that failed the others can’t be taken, and fail; a picture tells what the page showed by then.
 */
export async function takeAll(page, steps) {
  const results = [];
  for (const [name, step] of Object.entries(steps)) {
    const reached = results.at(-1)?.why === undefined;
    const why = reached ? await take(page, name, step) : 'not reached';
    console.log(why === undefined ? `ok ${name}` : `not ok ${name}: ${why}`);
    results.push({ name, why });
  }
  return results;
}

/** `undefined`, or why the step failed. */
async function take(page, name, step) {
  try {
    await step();
    return undefined;
  } catch (error) {
    const folder = join(repository, 'out/editor');
    const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.png`);
    await mkdir(folder, { recursive: true });
    const shown = await page.screenshot({ path }).then(
      () => `The page by then: ${path}`,
      () => 'There is no picture of the page.',
    );
    return `${error.stack}\n${shown}`;
  }
}
