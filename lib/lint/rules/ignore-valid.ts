import { PROFILES } from '../../workflow/profile.ts';
import type { Rule } from '../rule.ts';

/** Checked where ignore comments are applied, when all other rules have spoken. */
export const ignoreValid: Rule = {
  id: 'ignore-valid',
  level: 'warning',
  profiles: PROFILES,
  demand: 'An ignore comment has a reason, names rules that exist, and hides something.',
  why: 'An ignore without a reason hides nothing. One that is left behind when its finding is gone would hide the next one.',
};
