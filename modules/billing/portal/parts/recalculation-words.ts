import { formatAccount, formatPeriod, type IconName, type Locale, type PillKind, type Text } from '@komplat/ui';
import type { CorrectionItem, CorrectionState } from '../../contract/index.ts';

const LOOKS: Readonly<Record<CorrectionState, { kind: PillKind; icon: IconName }>> = {
  draft: { kind: 'info', icon: 'calculator' },
  waiting: { kind: 'appr', icon: 'users' },
  posted: { kind: 'ok', icon: 'done' },
  refused: { kind: 'bad', icon: 'failed' },
  stale: { kind: 'idle', icon: 'clock' },
  reversed: { kind: 'warn', icon: 'undo' },
};
export const correctionLook = (state: CorrectionState): { kind: PillKind; icon: IconName } => LOOKS[state];

/** Whose charges: an account, a list, a house, a provider. */
export function scopeWords({ scope }: Pick<CorrectionItem, 'scope'>, text: Text): string {
  switch (scope.kind) {
    case 'account':
      return text('billing.ui.recalculation.of-account', { account: formatAccount(scope.account) });
    case 'accounts':
      return text('billing.ui.recalculation.of-accounts', { count: scope.accounts.length });
    case 'house':
      return text('billing.ui.recalculation.of-house', { house: scope.house });
    case 'provider':
      return text('billing.ui.recalculation.of-provider', { provider: scope.provider });
  }
}

export const monthsWords = ({ from, to }: Pick<CorrectionItem, 'from' | 'to'>, locale: Locale): string =>
  from === to ? formatPeriod(from, locale) : `${formatPeriod(from, locale)} – ${formatPeriod(to, locale)}`;

/** The word of the product for a service, or its code. */
export function serviceWord(code: string, text: Text): string {
  const key = `billing.ui.service.${code}`;
  return text.has(key) ? text(key) : code;
}
