// A world of one forge, and what stands in every one of them.
import { jobEnvironment } from '../../support/environment.mjs';
import { startWorld } from '../../support/world.mjs';
import { Hub } from '../intercept.mjs';
import type { Flavour, World } from './world.ts';

export const adminToken = 'Adm+in/"tok~en%20=4&2?x';
export const flavours = ['github', 'gitea-1.25.4', 'gitea-1.22.6'] as const;

export type ForgeWorld = Awaited<ReturnType<typeof startWorld>>;
export type Repo = ForgeWorld['repo'];

/** A world of one forge; `make` fills it and says how the script is called. */
export async function openForgeWorld(
  flavour: Flavour,
  make: (
    forge: ForgeWorld,
    hub: Hub,
  ) => Promise<
    Pick<World, 'args'> &
      Partial<Pick<World, 'cwd' | 'env' | 'files' | 'urls' | 'written' | 'secrets'>> & {
        /** What stands for a SHA in keys, outputs and writes. */
        names: Record<string, string>;
        close?: () => Promise<unknown>;
      }
  >,
): Promise<World> {
  const world = await startWorld(flavour);
  const hub = new Hub();
  await hub.open();
  hub.watch('forge', world.forge.server);
  const made = await make(world, hub);
  for (const [name, sha] of Object.entries(made.names)) {
    hub.names.set(sha, name);
    hub.names.set(sha.slice(0, 7), name);
  }
  return {
    hub,
    args: made.args,
    env: jobEnvironment(world.forge, { token: world.token, more: made.env ?? {} }),
    ...(made.cwd === undefined ? {} : { cwd: made.cwd }),
    ...(made.files === undefined ? {} : { files: made.files }),
    ...(made.written === undefined ? {} : { written: made.written }),
    secrets: [world.token, adminToken, ...(made.secrets ?? [])],
    urls: { forge: world.forge.url, ...made.urls },
    async close() {
      await made.close?.();
      await hub.close();
      await world.forge.close();
    },
  };
}
