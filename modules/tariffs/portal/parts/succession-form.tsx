'use client';
import { Banner, formatMoney, useLocale, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { ProviderItem, SuccessionLook } from '../../contract/index.ts';
import { TwoStepForm } from './two-step-form.tsx';

/** What goes over, or comes back, before anybody is asked to agree. */
function Look({ look, undo = false }: { look: SuccessionLook; undo?: boolean }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const { accounts, supplies, tariffs, balances, when } = look;
  return (
    <div className="stack" style={{ gap: 8 }} data-look>
      <Banner kind="warn">{text(undo ? 'tariffs.ui.succession.undo-look' : 'tariffs.ui.succession.look', { accounts, supplies, tariffs })}</Banner>
      {!undo && <Banner kind="info">{text(`tariffs.ui.succession.when-${when}`)}</Banner>}
      {balances.length > 0 && (
        <table className="tbl dense">
          <caption>{text(undo ? 'tariffs.ui.succession.undo-balances' : 'tariffs.ui.succession.balances')}</caption>
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
  const label = (name: string): { name: string; label: string } => ({ name, label: text(`tariffs.ui.succession.${name}`) });
  return (
    <TwoStepForm<SuccessionLook>
      title={text('tariffs.ui.succession.title', { name: provider.name })}
      path="tariffs/successions"
      see={text('tariffs.ui.succession.see')}
      asked={text('tariffs.ui.succession.asked')}
      fields={[label('successor'), { ...label('on'), kind: 'day' }, label('document')]}
      body={(draft) => ({ ...draft, provider: provider.code, successor: (draft['successor'] ?? '').trim().toUpperCase() })}
      look={(look) => <Look look={look} />}
      onClose={onClose}
    />
  );
}

/** A succession is taken back: first what comes back, then the request to a second person. */
export function SuccessionUndoForm({ provider, onClose }: { provider: ProviderItem; onClose: () => void }): ReactNode {
  const text = useText();
  return (
    <TwoStepForm<SuccessionLook>
      title={text('tariffs.ui.succession.undo-title', { name: provider.name })}
      path="tariffs/successions/undo"
      see={text('tariffs.ui.succession.undo-see')}
      asked={text('tariffs.ui.succession.undo-asked')}
      fields={[]}
      body={() => ({ provider: provider.code })}
      look={(look) => <Look look={look} undo />}
      onClose={onClose}
    />
  );
}
