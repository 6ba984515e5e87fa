'use client';
import { useAct } from '@komplat/api-client';
import { Banner, Button, Dialog, formatMoney, FormFailure, MIN_REASON, TextField, toast, useLocale, useStandstill, useText } from '@komplat/ui';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { ProviderItem, SuccessionLook, VersionAsked } from '../../contract/index.ts';

const FIELDS = ['successor', 'on', 'document', 'reason'] as const;
type Field = (typeof FIELDS)[number];

/** What goes over, before anybody is asked to agree. */
function Look({ look }: { look: SuccessionLook }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { accounts, supplies, tariffs, balances, movesBalances } = look;
  return (
    <div className="stack" style={{ gap: 8 }} data-look>
      <Banner kind="warn">{text('tariffs.ui.succession.look', { accounts, supplies, tariffs })}</Banner>
      {balances.length > 0 && !movesBalances && <Banner kind="bad">{text('tariffs.ui.succession.nobody')}</Banner>}
      {balances.length > 0 && (
        <table className="tbl dense">
          <caption>{text('tariffs.ui.succession.balances')}</caption>
          <thead>
            <tr>
              {['service', 'accounts', 'debt', 'advance'].map((name) => (
                <th key={name} scope="col" className={name === 'service' ? '' : 'r'}>
                  {text(`tariffs.ui.succession.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {balances.map((row) => (
              <tr key={row.service}>
                <th scope="row">{row.service}</th>
                <td className="r tnum">{row.accounts}</td>
                <td className="r tnum">{formatMoney(row.debt, locale)}</td>
                <td className="r tnum">{formatMoney(row.advance, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** A provider is succeeded by another: first what goes over, then the request to a second person. */
export function SuccessionForm({ provider, onClose }: { provider: ProviderItem; onClose: () => void }): ReactNode {
  const text = useText();
  const still = useStandstill();
  const look = useAct<SuccessionLook>([]);
  const ask = useAct<VersionAsked>(['tariffs/', 'administration/']);
  const [draft, setDraft] = useState<Readonly<Record<Field, string>>>({ successor: '', on: '', document: '', reason: '' });
  const [tried, setTried] = useState(false);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const wrong = FIELDS.filter((name) => draft[name].trim().length < (name === 'reason' ? MIN_REASON : 1));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (wrong.length > 0) return;
    const json = { ...draft, provider: provider.code, successor: draft.successor.trim().toUpperCase(), reason: draft.reason.trim() };
    if (!look.data) return look.mutate({ path: 'tariffs/successions/look', options: { json } });
    const onSuccess = (): void => {
      toast.done(text('tariffs.ui.succession.asked'));
      onClose();
    };
    ask.mutate({ path: 'tariffs/successions', options: { json, idempotencyKey: key } }, { onSuccess });
  };
  return (
    <Dialog open title={text('tariffs.ui.succession.title', { name: provider.name })} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <div className="b">
          {FIELDS.map((name) => (
            <TextField
              key={name}
              name={name}
              label={name === 'reason' ? text('ui.reason.label') : text(`tariffs.ui.succession.${name}`)}
              type={name === 'on' ? 'date' : 'text'}
              error={tried && wrong.includes(name) ? text(name === 'reason' ? 'ui.reason.short' : 'tariffs.ui.form.empty', { min: MIN_REASON }) : undefined}
              value={draft[name]}
              onChange={(event) => {
                look.reset();
                setKey(crypto.randomUUID());
                setDraft((now) => ({ ...now, [name]: event.target.value }));
              }}
            />
          ))}
          {look.data && <Look look={look.data} />}
          <FormFailure error={look.error ?? ask.error} />
        </div>
        <footer>
          <Button onClick={onClose} keys={['Esc']}>
            {text('ui.cancel')}
          </Button>
          <Button type="submit" kind="primary" busy={look.isPending || ask.isPending} why={still}>
            {text(look.data ? 'tariffs.ui.form.ask' : 'tariffs.ui.succession.see')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
