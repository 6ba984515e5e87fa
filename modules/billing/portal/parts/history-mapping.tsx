'use client';
import { useAct } from '@komplat/api-client';
import { Banner, Button, Card, SelectField, useErrorText, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { HistoryMapping, HistoryView } from '../../contract/index.ts';

/** Which column of the file is which, with its first rows beside; kept for files of the same layout. */
export function MappingCard({ file, fixed }: { file: HistoryView; fixed: boolean }): ReactNode {
  const text = useText();
  const act = useAct<HistoryView>(['billing/history']);
  const sentence = useErrorText();
  const [mapping, setMapping] = useState<HistoryMapping>(file.mapping);
  const save = (): void => act.mutate({ path: `billing/history/${file.id}/mapping`, options: { method: 'PUT', json: { mapping } } });
  return (
    <Card padded title={text('billing.ui.history.mapping')} sub={text('billing.ui.history.encoding', { encoding: file.encoding })}>
      <div className="grid" style={{ gridTemplateColumns: 'repeat(auto-fill, minmax(190px, 1fr))', gap: 10 }}>
        {file.fields.map(({ name: field, optional }) => (
          <SelectField
            key={field}
            label={text(`billing.ui.history.field-${field}`)}
            required={!optional}
            value={mapping[field] ?? ''}
            disabled={fixed}
            onChange={(event) => setMapping({ ...mapping, [field]: event.target.value })}
            options={[{ value: '', label: '–' }, ...file.columns.map((column) => ({ value: column, label: column }))]}
          />
        ))}
      </div>
      {act.error && <Banner kind="bad">{sentence(act.error)}</Banner>}
      {!fixed && (
        <Button icon="done" onClick={save}>
          {text('billing.ui.history.save-mapping')}
        </Button>
      )}
      <div style={{ overflowX: 'auto', marginTop: 12 }}>
        <table className="tbl dense">
          <caption className="sr-only">{text('billing.ui.history.preview')}</caption>
          <thead>
            <tr>
              {file.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.preview.slice(0, 8).map((row) => (
              <tr key={row.join('|')}>
                {file.columns.map((column, index) => (
                  <td key={column} className="mono">
                    {row[index]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
