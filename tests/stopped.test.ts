// What a process that ends before its time says, and what it leaves on the machine.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import type { Verdict } from '../lib/script.ts';
import { createStops, type StopWork } from '../lib/stop.ts';
import { makeWorkFolder, removeFolder } from '../lib/work-folder.ts';

describe('what a run says that is told to stop', () => {
  const done: Verdict = { decision: 'promoted', exit: 0, proceed: true, reason: '2 moved' };
  const rows: [name: string, works: StopWork[], reason: string, exit: number, decision: string][] = [
    ['nothing is known', [() => undefined], 'stopped it half way; run it again', 3, 'unknown'],
    ['words', [() => 'nothing was written'], 'half way: nothing was written; run it again', 3, 'unknown'],
    ['the last words count', [() => 'first', () => 'then', () => undefined], 'half way: then;', 3, 'unknown'],
    ['a verdict', [() => ({ ...done, exit: 1, decision: 'partial' })], 'half way: 2 moved;', 1, 'partial'],
    ['a verdict that is a go is none any more', [() => done], 'half way: 2 moved;', 3, 'promoted'],
    ['a deferred one is not', [() => ({ ...done, deferred: true })], 'half way: 2 moved;', 3, 'promoted'],
    [
      'a mend of its own',
      [() => ({ ...done, exit: 3, decision: 'unknown', mend: 'look first' })],
      '2 moved; look first',
      3,
      'unknown',
    ],
    [
      'work that fails keeps nothing from being done',
      [
        () => {
          throw new Error('gone');
        },
        () => 'the rest',
      ],
      'half way: the rest;',
      3,
      'unknown',
    ],
  ];
  for (const [name, works, reason, exit, decision] of rows) {
    test(name, () => {
      const stops = createStops();
      for (const work of works) stops.onStop(work);
      const verdict = stops.end('SIGTERM');
      assert.ok(verdict.reason.startsWith('Cannot finish: SIGTERM stopped it half way'), verdict.reason);
      assert.ok(verdict.reason.includes(reason), verdict.reason);
      assert.deepEqual([verdict.exit, verdict.decision], [exit, decision]);
      assert.ok(!verdict.proceed && !verdict.deferred);
    });
  }
});

test(
  'a folder that cannot be removed is left, and is no error',
  { skip: process.platform !== 'linux' && 'there is no /proc' },
  () => {
    assert.doesNotThrow(() => removeFolder('/proc/self/fdinfo'));
    assert.ok(readdirSync('/proc/self/fdinfo').length > 0);
  },
);

describe('temporary folders', () => {
  const place = mkdtempSync(join(tmpdir(), 'work-folders-'));
  const usual = process.env['TMPDIR'];
  after(() => {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    rmSync(place, { recursive: true, force: true });
  });
  beforeEach(() => {
    process.env['TMPDIR'] = place;
    for (const name of readdirSync(place)) rmSync(join(place, name), { recursive: true });
  });
  /** As the process of this id, while those of the others live or not. */
  const make = (own: number, living: readonly number[] = []) =>
    makeWorkFolder('sync-branch', {
      onStop: () => undefined,
      processes: { own, isAlive: (id) => id === own || living.includes(id) },
    });

  test('one whose process was killed is gone with the next; one that is in use stays', () => {
    const [dead, alive] = [make(11, [11, 12]), make(12, [11, 12])];
    writeFileSync(join(dead.path, 'clone'), 'half');
    const next = make(13, [12]);
    assert.deepEqual(
      readdirSync(place).sort(),
      [alive.path, next.path].map((path) => path.slice(place.length + 1)).sort(),
    );
    next.remove();
    assert.equal(readdirSync(place).length, 1);
  });

  test('one whose process ended meanwhile is gone at the end', () => {
    const living = [11];
    make(11, living);
    const next = make(13, living);
    assert.equal(readdirSync(place).length, 2);
    living.length = 0;
    next.remove();
    assert.deepEqual(readdirSync(place), []);
  });

  test('what another machine, container, script or person made is left alone', () => {
    const ours = make(11).path.slice(place.length + 1);
    const strangers = [
      ours.replace(hostname().replace(/[^\w.-]/g, '_'), 'other-host'),
      ours.replace(/-(\d*)-11-/, '-1$1-11-'),
      ours.replace('sync-branch', 'cascade'),
      ours.replace('-11-', '-x-'),
      'sync-branch-notes',
    ];
    for (const name of strangers) mkdirSync(join(place, name));
    const file = ours.replace('-11-', '-14-');
    writeFileSync(join(place, file), 'a file');
    const next = make(13).path.slice(place.length + 1);
    assert.deepEqual(readdirSync(place).sort(), [...strangers, file, next].sort());
  });
});
