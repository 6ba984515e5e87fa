'use client';
import {
  formatPeriod,
  Icon,
  shiftPeriod,
  useKeyHelp,
  useKeys,
  useLocale,
  useMe,
  usePeriod,
  useRouter,
  useText,
  withSearch,
} from '@komplat/ui';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

const CLOSE_PATH = /^(\/billing\/close)\/\d{4}-\d{2}/;
const PERIODS_SHOWN = 14;
const PERIODS_AHEAD = 1;

/** The month in words: closed, closing, current, past, ahead. */
function useStateWord(): (period: string) => string {
  const text = useText();
  const me = useMe();
  return (period) => {
    const state = me.periods.find((item) => item.period === period)?.state ?? 'open';
    if (state !== 'open') return text(`portal.period.${state}`);
    if (period === me.period) return text('portal.period.current');
    return text(period < me.period ? 'portal.period.past' : 'portal.period.ahead');
  };
}

/** The month of this tab with its state in words; `[` and `]` go one month back and forth. */
export function PeriodSwitcher(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const me = useMe();
  const router = useRouter();
  const word = useStateWord();
  const { period, state } = usePeriod();
  const choose = (next: string): void => {
    const search = { period: next === me.period ? undefined : next };
    const path = router.path.replace(CLOSE_PATH, `$1/${next}`);
    router.push(withSearch(path, router.search, search));
  };
  useKeys({ '[': () => choose(shiftPeriod(period, -1)), ']': () => choose(shiftPeriod(period, 1)) });
  useKeyHelp([['[ ]', 'portal.keys.period']]);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="period"
          aria-label={`${text('portal.period.label')}: ${formatPeriod(period, locale)}, ${word(period)}`}
        >
          <Icon name={state === 'closed' ? 'lock' : 'calendar'} />
          <span>
            <b>{formatPeriod(period, locale)}</b> {word(period)}
          </span>
          <Icon name="chevron-down" size={14} />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.RadioGroup value={period} onValueChange={choose}>
            {Array.from({ length: PERIODS_SHOWN }, (_, index) => shiftPeriod(me.period, PERIODS_AHEAD - index)).map(
              (value) => (
                <DropdownMenu.RadioItem key={value} value={value}>
                  <span className="grow">{formatPeriod(value, locale)}</span>
                  <span className="mut sm">{word(value)}</span>
                </DropdownMenu.RadioItem>
              ),
            )}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
