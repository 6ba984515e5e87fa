'use client';
import { isMissing, isOffline } from '@komplat/api-client';
import {
  balanceWord,
  Banner,
  Button,
  Card,
  Figure,
  formatAccount,
  formatMoney,
  formatTime,
  Icon,
  isZeroMoney,
  KeyValues,
  PageHeader,
  toast,
  useErrorText,
  useKeys,
  useLocale,
  useStandstill,
  useText,
} from '@komplat/ui';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { DeskPreview, type DeskNames } from '../parts/desk-preview.tsx';
import { useDesk, type DeskCard, type Receipt } from '../parts/desk-state.ts';
import { difference } from '../parts/money.ts';

type Desk = ReturnType<typeof useDesk>;
const FULL_NUMBER = 10;

/** Enter goes to the next field, as on a till. */
function toNext(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.ctrlKey) return;
  event.preventDefault();
  const fields = [...document.querySelectorAll<HTMLInputElement>('[data-desk]')];
  (fields[fields.indexOf(event.currentTarget) + 1] ?? document.getElementById('desk-accept'))?.focus();
}

function BigField(props: {
  label: string;
  value: string;
  error?: string | undefined;
  numeric?: boolean;
  autoFocus?: boolean;
  onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="f">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        data-desk
        className={`input desk-big ${props.numeric ? 'r' : 'tnum'}`}
        inputMode={props.numeric ? 'decimal' : 'numeric'}
        autoComplete="off"
        ref={(node) => {
          if (node && props.autoFocus && node.dataset['seen'] !== 'yes') {
            node.dataset['seen'] = 'yes';
            node.focus();
          }
        }}
        value={props.value}
        aria-invalid={props.error ? true : undefined}
        aria-describedby={`${id}-m`}
        onFocus={(event) => event.target.select()}
        onKeyDown={toNext}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <div id={`${id}-m`}>
        {props.error && (
          <span className="errm">
            <Icon name="failed" size={13} />
            {props.error}
          </span>
        )}
      </div>
    </div>
  );
}

function Account({ desk }: { desk: Desk }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const unknown = isMissing(desk.head?.error);
  const wrong = desk.number.length >= FULL_NUMBER && !desk.account;
  const balance = desk.card?.total.balance;
  const words = { debt: 'desk.debt', overpaid: 'desk.overpaid', none: 'desk.none' };
  return (
    <Card padded>
      <div className="grid" style={{ gridTemplateColumns: '260px minmax(0,1fr) auto' }}>
        <BigField
          label={text('payments.ui.desk.account')}
          value={desk.typed.account}
          autoFocus
          error={
            wrong
              ? text('payments.ui.desk.account-wrong')
              : unknown
                ? text('payments.ui.desk.account-unknown')
                : undefined
          }
          onChange={(account) => desk.change({ account })}
        />
        <div className="self-center pt-1">
          <b>{desk.head?.data?.holder.fullName}</b>
          <p className="t2">{desk.head?.data?.address}</p>
        </div>
        {balance !== undefined && (
          <div className="r self-center">
            <span className="mut sm">{text(`payments.ui.${words[balanceWord(balance)]}`)}</span>
            <p className="text-lg font-semibold">
              <span className="num">{formatMoney(balance, locale)}</span> {text('ui.uah')}
            </p>
          </div>
        )}
      </div>
    </Card>
  );
}

function Sums({ desk, tried }: { desk: Desk; tried: boolean }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { amount, received, card } = desk;
  const cash = desk.preview?.cash;
  const taken = cash?.taken ?? amount;
  const change = taken && received ? difference(received, taken) : undefined;
  const less = change?.startsWith('-');
  const badAmount = (desk.typed.amount !== '' && !amount) || (tried && (!amount || isZeroMoney(amount)));
  const debt = card && balanceWord(card.total.balance) === 'debt' ? card.total.balance : undefined;
  return (
    <Card padded>
      <div className="pay" style={{ alignItems: 'start' }}>
        <BigField
          label={`${text('payments.ui.desk.amount')}, ${text('ui.uah')}`}
          numeric
          value={desk.typed.amount}
          error={badAmount ? text('payments.ui.desk.amount-wrong') : undefined}
          onChange={(value) => desk.change({ amount: value })}
        />
        <BigField
          label={`${text('payments.ui.desk.received')}, ${text('ui.uah')}`}
          numeric
          value={desk.typed.received}
          error={less ? text('payments.ui.desk.received-less') : undefined}
          onChange={(value) => desk.change({ received: value })}
        />
        <div className="f">
          <span className="lbl">
            {text('payments.ui.desk.change')}, {text('ui.uah')}
          </span>
          <output className="input desk-big r ro">{change && !less ? formatMoney(change, locale) : ''}</output>
        </div>
      </div>
      {cash && (
        <p className="t2 mt-1.5" data-cash={cash.taken}>
          {text('payments.ui.desk.cash')} <b className="num">{formatMoney(cash.taken, locale)}</b>
          {!isZeroMoney(cash.rounding) && <> ({text('payments.ui.desk.rounding', { sum: formatMoney(cash.rounding, locale), act: cash.act })})</>}
        </p>
      )}
      {debt && (
        <div className="row mt-1.5">
          <button type="button" className="chip" onClick={() => desk.change({ amount: debt.replace('.', ',') })}>
            {text('payments.ui.desk.whole-debt')} <b className="num">{formatMoney(debt, locale)}</b>
          </button>
        </div>
      )}
    </Card>
  );
}

function Side({ receipts }: { receipts: readonly Receipt[] }): ReactNode {
  const text = useText();
  return (
    <div className="stack" style={{ gap: 14 }}>
      <Card title={text('payments.ui.desk.last')}>
        {receipts.length === 0 && <p className="t2 px-3.5 py-3">{text('payments.ui.desk.nothing')}</p>}
        <ul className="reco">
          {receipts.map((receipt) => (
            <li key={receipt.id}>
              <a href={`/registry/accounts/${receipt.account}?tab=payments`} target="_blank" rel="noopener">
                <span>
                  <b className="tnum">{formatAccount(receipt.account)}</b>
                  <small>{formatTime(receipt.at)}</small>
                </span>
                <span className="r">
                  <Figure value={receipt.taken} />
                </span>
              </a>
            </li>
          ))}
        </ul>
      </Card>
      <Card padded title={text('payments.ui.desk.keys')}>
        <KeyValues
          kind="left"
          items={[
            { key: 'enter', label: <kbd>Enter</kbd>, value: text('payments.ui.desk.key-next') },
            { key: 'f9', label: <kbd>F9</kbd>, value: text('payments.ui.desk.key-accept') },
            { key: 'esc', label: <kbd>Esc</kbd>, value: text('payments.ui.desk.key-clear') },
          ]}
        />
      </Card>
    </div>
  );
}

const namesOf = (card: DeskCard | undefined, word: (code: string) => string | undefined): DeskNames => ({
  service: (code) => word(code) ?? card?.services.find((service) => service.serviceCode === code)?.serviceName ?? code,
  provider: (code) => card?.services.find((service) => service.providerCode === code)?.providerName ?? code,
});

/** Escape clears the form when no overlay takes it. */
function useEscape(act: () => void): void {
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent): void => {
      if (event.key === 'Escape' && !document.querySelector('[role=dialog], [role=menu]')) act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });
}

function Buttons({ desk, onAccept, onClear }: { desk: Desk; onAccept: () => void; onClear: () => void }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const still = useStandstill();
  const ready = desk.account && desk.amount;
  return (
    <div className="row" style={{ gap: 12 }}>
      <Button
        id="desk-accept"
        kind="primary"
        size="large"
        icon="check"
        keys={['F9']}
        busy={desk.sending}
        why={desk.unsure ? undefined : still}
        onClick={onAccept}
      >
        {desk.unsure
          ? text('payments.ui.desk.check')
          : ready
            ? text('payments.ui.desk.accept', { sum: formatMoney(desk.amount ?? '0.00', locale) })
            : text('payments.ui.desk.accept-plain')}
      </Button>
      <Button size="large" keys={['Esc']} onClick={onClear}>
        {text('payments.ui.desk.clear')}
      </Button>
    </div>
  );
}

/** The till: account, sum, where it goes, one key press. */
export function Page(): ReactNode {
  const text = useText();
  const locale = useLocale();
  const sentence = useErrorText();
  const desk = useDesk();
  const [receipts, setReceipts] = useState<readonly Receipt[]>([]);
  const [tried, setTried] = useState(false);
  const top = useRef<HTMLDivElement>(null);
  const serviceWord = (code: string): string | undefined =>
    text.has(`billing.ui.service.${code}`) ? text(`billing.ui.service.${code}`) : undefined;
  const toTop = (): void => top.current?.querySelector<HTMLInputElement>('[data-desk]')?.focus();
  const still = useStandstill();
  const accept = async (): Promise<void> => {
    if (still && !desk.unsure) return;
    setTried(true);
    const done = await desk.accept();
    if (!done) return;
    setTried(false);
    setReceipts((now) =>
      [{ id: done.paymentId, account: done.account, taken: done.cash?.taken ?? done.amount, at: new Date().toISOString() }, ...now].slice(
        0,
        8,
      ),
    );
    toast.done(
      text('payments.ui.desk.accepted', { sum: formatMoney(done.amount, locale) }),
      formatAccount(done.account),
    );
    toTop();
  };
  const clear = (): void => {
    setTried(false);
    desk.clear();
    toTop();
  };
  useKeys({ F9: () => void accept() });
  useEscape(clear);
  return (
    <>
      <PageHeader title={text('payments.ui.desk.title')} text={text('payments.ui.desk.text')} />
      <div className="cash" ref={top}>
        <div className="stack" style={{ gap: 14 }}>
          <Account desk={desk} />
          <Sums desk={desk} tried={tried} />
          <DeskPreview preview={desk.preview} names={namesOf(desk.card, serviceWord)} />
          {desk.failure !== undefined && (desk.unsure || !isOffline(desk.failure)) && (
            <Banner kind={desk.unsure ? 'warn' : 'bad'}>
              {desk.unsure ? text('payments.ui.desk.unsure') : sentence(desk.failure)}
            </Banner>
          )}
          <Buttons desk={desk} onAccept={() => void accept()} onClear={clear} />
        </div>
        <Side receipts={receipts} />
      </div>
    </>
  );
}
