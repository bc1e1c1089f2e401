// A TCP proxy that makes a server as far away as a round trip of so many milliseconds.
import { connect, createServer } from 'node:net';

/**
 * @param {{ target: string | URL, roundTripMs: number }} options target: the URL of a server on loopback
 */
export async function startDelayProxy({ target, roundTripMs }) {
  const { hostname, port } = new URL(target);
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  const counts = { connections: 0 };
  const server = createServer((client) => {
    counts.connections++;
    const upstream = connect(Number(port), hostname);
    // A new connection costs a round trip of its own before the first byte can be sent.
    pipeDelayed(client, upstream, roundTripMs / 2, roundTripMs);
    pipeDelayed(upstream, client, roundTripMs / 2, 0);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    counts,
    /** @returns {Promise<void>} */
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/**
 * @param {import('node:net').Socket} from
 * @param {import('node:net').Socket} to
 * @param {number} delayMs
 * @param {number} firstMs more, for the first bytes
 */
function pipeDelayed(from, to, delayMs, firstMs) {
  const opened = Date.now();
  let last = 0;
  const due = () => {
    const now = Date.now();
    last = Math.max(last, now + delayMs, opened + firstMs + delayMs);
    return last - now;
  };
  from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), due()));
  // What is still on its way arrives before the line goes down.
  from.on('end', () => setTimeout(() => to.end(), due()));
  from.on('close', (broken) => setTimeout(() => (broken ? to.destroy() : to.end()), due()));
}
