/**
 * One request whose answer may take longer than `fetch` waits: Node's fetch gives up on headers after five minutes
 * (undici's `headersTimeout`), and its options cannot be reached without the package.
 */
export async function requestLong(
  url: URL,
  init: { method: string; headers: Record<string, string>; body?: string | Uint8Array; signal: AbortSignal },
): Promise<Response> {
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const { Readable } = await import('node:stream');
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method: init.method, headers: init.headers, signal: init.signal },
      (incoming) => {
        const headers = new Headers();
        for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
          headers.append(incoming.rawHeaders[index] as string, incoming.rawHeaders[index + 1] as string);
        }
        const status = incoming.statusCode ?? 0;
        const isBare = status === 204 || status === 304 || init.method === 'HEAD';
        if (isBare) incoming.resume();
        const body = isBare ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
        resolve(new Response(body, { status, headers }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(init.body);
  });
}
