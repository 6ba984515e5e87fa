import { useRead } from '@komplat/api-client';
import { usePastDays } from '@komplat/ui';
import type { AccountCard } from './card-types.ts';

const MONTHS = 12;

/** The first screen of the card: twelve months, of now or of the chosen days. All parts of the page share one answer. */
export function useCard(number: string, before?: string): ReturnType<typeof useRead<AccountCard>> {
  const { asOf, knownAt } = usePastDays();
  return useRead<AccountCard>(`billing/accounts/${number}/card`, { months: MONTHS, before, asOf, knownAt });
}
