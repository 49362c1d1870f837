/** How long a job takes, in milliseconds. */
export async function timeOf(job: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await job();
  return performance.now() - started;
}
