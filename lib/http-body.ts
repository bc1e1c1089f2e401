import { HttpFault } from './http-fault.ts';

const largestBody = 16 * 1024 * 1024;

/** The whole body of an answer. Throws HttpFault past 16 MiB. */
export async function readBody(
  response: Response,
  { purpose, method, url }: { purpose: string; method: string; url: URL },
): Promise<Uint8Array> {
  if (response.body === null || method === 'HEAD') return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > largestBody) {
      await reader.cancel();
      throw new HttpFault(
        `Cannot ${purpose}: ${method} ${url.pathname} answered more than 16 MiB; check that the URL is an API's`,
        { kind: 'too-large', maybeSent: true },
      );
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, size);
}
