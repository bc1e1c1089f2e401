import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadMutant, mutants } from './mutants.ts';
import { bounds } from './promote-model.ts';
import { runPromotions } from './promote-schedule.ts';
import { runSchedules } from './run-schedules.ts';

const schedules = Number(process.env['SWITCHYARD_SCHEDULES'] ?? 100_000);

test('the bounds that the proof rests on fit the settling time', () => {
  assert.ok(bounds.travel * 3 + bounds.lag + bounds.landing < bounds.settle);
});

test(`${schedules} schedules of racing promotions end with the newest, whole, and never backwards`, async () => {
  const { decisions, accounts } = await runSchedules({ from: 0, count: schedules });
  assert.deepEqual(accounts, []);
  // A model that meets only the easy cases proves nothing.
  for (const decision of [
    'promoted',
    'unchanged',
    'superseded',
    'refused',
    'rolled-back',
    'partial',
    'unknown',
  ])
    assert.ok((decisions[decision] ?? 0) > schedules / 200, `${decision} was hardly met`);
});

for (const mutant of mutants) {
  test(`the simulation catches ${mutant.name}`, async () => {
    const { subject, remove } = await loadMutant(mutant);
    try {
      const first = mutant.firstSeed ?? 0;
      for (let seed = first; seed < first + 20_000; seed++) {
        if ((await runPromotions(seed, subject)).broken.length > 0) return;
      }
      assert.fail('it went unnoticed in 20,000 schedules');
    } finally {
      remove();
    }
  });
}
