import { useMe, useSearchState } from '@komplat/ui';

/** Of which day the card is shown. Undefined = of now. */
export interface CardTime {
  readonly asOf: string | undefined;
  readonly knownAt: string | undefined;
  readonly isNow: boolean;
}

/** The two days of the address; today is not asked for, it is what the API answers anyway. */
export function useCardTime(): CardTime {
  const { today } = useMe();
  const [search] = useSearchState();
  const past = (name: string): string | undefined => {
    const day = search.get(name);
    return day !== null && day !== today ? day : undefined;
  };
  const [asOf, knownAt] = [past('asOf'), past('knownAt')];
  return { asOf, knownAt, isNow: asOf === undefined && knownAt === undefined };
}
