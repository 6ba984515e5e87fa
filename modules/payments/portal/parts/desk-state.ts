'use client';
import { isOffline, useApi, useQueryClient, useRead } from '@komplat/api-client';
import { isAccountNumber } from '@komplat/kernel';
import { parseMoney, useRouter } from '@komplat/ui';
import { useEffect, useState } from 'react';
import type { Accepted, PaymentPreview } from '../../contract/index.ts';

const PAUSE_MS = 250;

/** What the desk knows of an account: who lives there and what is owed. */
export interface DeskAccount {
  readonly number: string;
  readonly address: string;
  readonly holder: { readonly fullName: string };
  readonly residentCount: number;
}

/** Money of the account as the desk needs it. */
export interface DeskCard {
  readonly total: { readonly balance: string };
  readonly services: readonly {
    serviceCode: string;
    serviceName: string;
    providerCode: string;
    providerName: string;
  }[];
}

/** A payment that was accepted on this screen; it is kept in memory only. */
export interface Receipt {
  readonly id: string;
  readonly account: string;
  /** What was taken in cash. */
  readonly taken: string;
  readonly at: string;
}

const digitsOf = (typed: string): string => typed.replaceAll(/\s/g, '');

function useLate<T>(value: T): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return late;
}

/** The distribution of the sum as the server would make it; asked again when account or sum change. */
function usePreview(
  account: string | undefined,
  amount: string | undefined,
): { preview: PaymentPreview | undefined; error: unknown } {
  const api = useApi();
  const wanted = useLate(account && amount && amount !== '0.00' ? `${account}/${amount}` : '');
  const [answer, setAnswer] = useState<{ of: string; preview?: PaymentPreview; error?: unknown }>({ of: '' });
  useEffect(() => {
    const [number = '', sum = ''] = wanted.split('/');
    if (!wanted) return undefined;
    const abort = new AbortController();
    api
      .call<PaymentPreview>('payments/preview', {
        method: 'POST',
        json: { account: number, amount: sum, cash: true },
        signal: abort.signal,
      })
      .then((preview) => setAnswer({ of: wanted, preview }))
      .catch((error: unknown) => !abort.signal.aborted && setAnswer({ of: wanted, error }));
    return () => abort.abort();
  }, [api, wanted]);
  return answer.of === wanted && wanted
    ? { preview: answer.preview, error: answer.error }
    : { preview: undefined, error: undefined };
}

/** Form of the desk: what is typed, what it means, and the one key of this payment. */
export function useDesk() {
  const api = useApi();
  const store = useQueryClient();
  const { search } = useRouter();
  const [typed, setTyped] = useState({ account: search.get('account') ?? '', amount: '', received: '' });
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const number = digitsOf(typed.account);
  const account = isAccountNumber(number) ? number : undefined;
  const amount = parseMoney(typed.amount);
  const head = useRead<DeskAccount>(`registry/accounts/${account}`, {}, { enabled: account !== undefined });
  const card = useRead<DeskCard>(`billing/accounts/${account}/card`, { months: 1 }, { enabled: account !== undefined });
  const { preview, error: previewError } = usePreview(account, amount);

  const clear = (): void => {
    setTyped({ account: '', amount: '', received: '' });
    setKey(crypto.randomUUID());
    setFailure(undefined);
  };
  const accept = async (): Promise<Accepted | undefined> => {
    if (!account || !amount || sending) return undefined;
    setSending(true);
    setFailure(undefined);
    try {
      const accepted = await api.call<Accepted>('payments/accept', {
        method: 'POST',
        json: { account, amount, externalId: key, channel: 'CASH', cash: true },
        idempotencyKey: key,
      });
      void store.invalidateQueries();
      clear();
      return accepted;
    } catch (error) {
      if (!isOffline(error)) setKey(crypto.randomUUID());
      setFailure(error);
      return undefined;
    } finally {
      setSending(false);
    }
  };
  return {
    typed,
    change: (part: Partial<typeof typed>) => setTyped((now) => ({ ...now, ...part })),
    number,
    account,
    amount,
    received: parseMoney(typed.received),
    head: account ? head : undefined,
    card: account ? card.data : undefined,
    preview,
    failure: failure ?? previewError,
    unsure: isOffline(failure),
    sending,
    clear,
    accept,
  };
}
