import { describe, expect, it } from '@jest/globals';
import { MonthState } from '../src/month-state.ts';

const lane = (provider: string, providerId: number) => ({ period: '2026-11', provider, providerId });
const PLAN = [lane('P01', 1), lane('P02', 2), lane('P03', 3)];

describe('month state', () => {
  it('starts every lane once, every second one backwards', () => {
    const state = new MonthState();
    expect(state.takeRing()).toBe(true);
    expect(state.missing(PLAN).map(({ lane: { provider }, backwards }) => [provider, backwards])).toEqual([
      ['P01', false],
      ['P02', true],
      ['P03', false],
    ]);
    expect(state.missing(PLAN)).toEqual([]);
    expect(state.done).toBe(false);
  });

  it('is done when no lane runs and nobody has rung', () => {
    const state = new MonthState();
    state.takeRing();
    state.missing(PLAN);
    for (const { provider } of PLAN) state.ended(provider, 'locked');
    expect(state.done).toBe(true);
    expect(state.result()).toEqual({ outcome: 'locked', locked: 3, stopped: 0 });
  });

  it('starts a stopped lane again after a ring', () => {
    const state = new MonthState();
    state.takeRing();
    state.missing(PLAN);
    state.ended('P01', 'locked');
    state.ended('P02', 'stopped');
    state.ring();
    expect(state.takeRing()).toBe(true);
    expect(state.missing(PLAN.filter(({ provider }) => provider !== 'P01')).map(({ lane: { provider } }) => provider)).toEqual(['P02']);
    state.ended('P02', 'stopped');
    state.ended('P03', 'locked');
    expect(state.result()).toEqual({ outcome: 'partial', locked: 2, stopped: 1 });
  });
});
