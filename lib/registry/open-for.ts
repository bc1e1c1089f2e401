import type { Context } from '../context.ts';
import type { Call } from '../script.ts';
import { openRegistry, type Registry } from './client.ts';
import { findCredentials } from './credentials.ts';
import type { ImageName } from './reference.ts';

/** The registries of these images, as a script's options and environment say. Throws UsageError. */
export function openRegistryFor(
  call: Call<{ insecure: boolean }>,
  context: Context,
  images: readonly ImageName[],
  actions: 'pull' | 'pull,push',
): Registry {
  const { options, environment, redactor, log } = call;
  return openRegistry(images, {
    http: context.http,
    redactor,
    log,
    allowPlainHttp: options.insecure,
    actions,
    findCredentials: (image) => findCredentials(image, environment, context),
  });
}
