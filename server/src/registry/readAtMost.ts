/** Reads at most `maxBytes` of a body; where there is more, the stream is closed and `complete` is false. */
export async function readAtMost(
  stream: AsyncIterable<string | Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): Promise<{ readonly body: Buffer; readonly complete: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    chunks.push(bytes);
    if (length > maxBytes) return { body: Buffer.concat(chunks).subarray(0, maxBytes), complete: false };
  }
  return { body: Buffer.concat(chunks), complete: true };
}
