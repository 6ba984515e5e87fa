import { describe, expect, it } from '@jest/globals';
import { choose, takeApart } from './arguments.ts';

describe('command line', () => {
  it('takes words and options apart', () => {
    expect(takeApart(['close', '2026-11', '--provider', 'P01', '--dry-run', '--json', '--as=operator', 'x'])).toEqual({
      words: ['close', '2026-11', 'x'],
      options: { provider: 'P01', dryRun: true, json: true, as: 'operator' },
    });
  });
  it('takes the longest command that fits', () => {
    const commands = [{ words: 'close' }, { words: 'close status' }];
    expect(choose(commands, ['close', 'status', '2026-11'])).toEqual({ command: { words: 'close status' }, rest: ['2026-11'] });
    expect(choose(commands, ['close', '2026-11'])).toEqual({ command: { words: 'close' }, rest: ['2026-11'] });
    expect(choose(commands, ['open'])).toBeUndefined();
  });
});
