import { openFileWorld } from './file-world.ts';
import type { Path } from './world.ts';

const shared = { script: 'resolve-version', code: 0, decision: 'resolved', codes: [0, 1, 3] } as const;
const event = JSON.stringify({ client_payload: { runtime_version: '0.1.8' } });

export const resolveVersionPaths: readonly Path[] = [
  {
    ...shared,
    name: 'resolve-version from the file',
    // "Nothing found": an empty version, and no failure.
    withoutFile: { code: 0, decision: 'none', when: /vanished|gone|empty/ },
    open: async () => openFileWorld({ '.runtime-version': '0.1.7\n' }, { args: [] }),
  },
  {
    ...shared,
    name: 'resolve-version --required from the file',
    open: async () => openFileWorld({ '.runtime-version': '0.1.7\n' }, { args: ['--required'] }),
  },
  {
    ...shared,
    name: 'resolve-version from the event',
    open: async () =>
      openFileWorld(
        { 'event.json': event, '.runtime-version': '0.1.7\n' },
        {
          args: [],
          env: { GITHUB_EVENT_NAME: 'repository_dispatch', GITHUB_EVENT_PATH: '{folder}/event.json' },
          unread: ['.runtime-version'],
        },
      ),
  },
];
