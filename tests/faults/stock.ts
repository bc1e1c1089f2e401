// Worlds, lent to one call at a time.
import type { Path, World } from './paths/world.ts';

export interface Stock {
  /** Lends a world of the path that nobody else uses meanwhile: a new one where the path changes its world. */
  lend<T>(path: Path, use: (world: World) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function createStock(): Stock {
  const idle = new Map<Path, World[]>();
  const open = new Set<World>();
  return {
    async lend(path, use) {
      const world = (path.fresh ? undefined : idle.get(path)?.pop()) ?? (await path.open());
      open.add(world);
      try {
        return await use(world);
      } finally {
        if (!path.fresh) idle.set(path, [...(idle.get(path) ?? []), world]);
        else if (open.delete(world)) await world.close();
      }
    },
    async close() {
      await Promise.all([...open].map((world) => world.close()));
    },
  };
}
