'use client';
import { useAct, useRead } from '@komplat/api-client';
import {
  Banner, Button, Card, FormFailure, formatCount, formatPeriod, Frame, MoneyCell, PageHeader, ReasonDialog, TextField, toast, useLocale, useRouter, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { ClaimChoices, ClaimPreview, ClaimRunRef } from '../../contract/index.ts';
import { ClaimHeads } from '../parts/claim-look.tsx';
import { ClaimRules } from '../parts/rules.tsx';
import { type ClaimDraft, firstDraft, orderOf, ParameterFields, SelectionFields } from '../parts/claim-form.tsx';

const COLUMNS = ['orders', 'claims', 'months', 'principal', 'left', 'expiring'] as const;

function PreviewCard({ preview }: { preview: ClaimPreview }): ReactNode {
  const text = useText();
  const word = (key: string, params?: Record<string, string>): string => text(`legal.ui.claims.${key}`, params);
  return (
    <Card title={word('preview-title')} sub={word('preview-text', { accounts: formatCount(preview.accounts), nothing: formatCount(preview.nothing) })}>
      <div className="scrollx">
        <table className="tbl">
          <caption>{word('preview-title')}</caption>
          <ClaimHeads plain={['provider']} figures={COLUMNS} />
          <tbody>
            {preview.rows.map((row) => (
              <tr key={row.provider}>
                <th scope="row">{row.providerName}</th>
                {COLUMNS.map((key) => {
                  const value = row[key];
                  return (
                    <td key={key} className="r tnum">
                      {typeof value === 'number' ? formatCount(value) : <MoneyCell value={value} />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

/** Before anything is started: which months have no index, and what becomes of items that need them. */
function MissingIndices({ months, rule }: { months: readonly string[]; rule: 'refuse' | 'unchanged' }): ReactNode {
  const text = useText();
  const locale = useLocale();
  if (months.length === 0) return null;
  const named = months.map((month) => formatPeriod(month, locale)).join(', ');
  return <Banner kind="warn">{text(`legal.ui.claims.start-missing${rule === 'unchanged' ? '-unchanged' : ''}`, { months: named })}</Banner>;
}

function NewRun({ choices }: { choices: ClaimChoices }): ReactNode {
  const text = useText();
  const router = useRouter();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  const [draft, setDraft] = useState<ClaimDraft>(firstDraft);
  const [title, setTitle] = useState('');
  const [asking, setAsking] = useState(false);
  const look = useAct<ClaimPreview>([]);
  const start = useAct<ClaimRunRef>(['legal/claims']);
  const put = (change: Partial<ClaimDraft>): void => {
    look.reset();
    setDraft({ ...draft, ...change });
  };
  const found = look.data && look.data.rows.length > 0;
  const submit = (reason: string): void =>
    start.mutate(
      { path: 'legal/claims', options: { json: { ...orderOf(draft), title: title || word('title'), reason } } },
      {
        onSuccess: ({ id }) => {
          toast.done(word('started'));
          router.push(`/legal/claims/${id}`);
        },
      },
    );
  return (
    <div className="stack" style={{ gap: 14 }}>
      <MissingIndices months={choices.missingIndices} rule={draft.parameters.missingIndex} />
      <div className="grid side" style={{ gridTemplateColumns: 'minmax(0,1fr) minmax(0,1fr)', gap: 14 }}>
        <Card padded title={word('selection')}>
          <SelectionFields draft={draft} put={put} choices={choices} />
        </Card>
        <Card padded title={word('parameters')}>
          <ParameterFields draft={draft} put={put} choices={choices} />
        </Card>
      </div>
      <div className="row">
        <Button icon="search" busy={look.isPending} onClick={() => look.mutate({ path: 'legal/claims/preview', options: { json: orderOf(draft) } })}>
          {word('preview')}
        </Button>
        <Button kind="primary" why={found ? undefined : word('preview')} onClick={() => setAsking(true)}>
          {word('start')}
        </Button>
      </div>
      <FormFailure error={look.error} />
      {look.data && <PreviewCard preview={look.data} />}
      <Card padded title={word('rules')}>
        <ClaimRules list={choices.rules} />
      </Card>
      {asking && (
        <ReasonDialog
          open
          title={word('start')}
          effect={
            <>
              <MissingIndices months={choices.missingIndices} rule={draft.parameters.missingIndex} />
              <TextField label={word('run-name')} value={title} onChange={(event) => setTitle(event.target.value)} />
            </>
          }
          action={word('start')}
          busy={start.isPending}
          error={start.error}
          onSubmit={submit}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

/** A new run: whom, what, how; looked at before it is started. */
export function Page(): ReactNode {
  const text = useText();
  const read = useRead<ClaimChoices>('legal/claims/choices', {}, { fresh: 60_000 });
  return (
    <>
      <PageHeader title={text('legal.ui.claims.new')} text={text('legal.ui.claims.empty-text')} />
      <Frame read={read} rows={8} permission="legal.claim.prepare">
        {(choices) => <NewRun choices={choices} />}
      </Frame>
    </>
  );
}
