'use client';
import { useList } from '@komplat/api-client';
import { AppLink, Button, Card, Empty, formatInstant, Frame, Person, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { FieldHistory, FieldHistoryRow } from '../../contract/index.ts';
import { useItemName, useValueWord } from './change-preview.tsx';

function Rows({ rows }: { rows: readonly FieldHistoryRow[] }): ReactNode {
  const text = useText();
  const word = useValueWord();
  const nameOf = useItemName();
  return (
    <div className="scrollx">
      <table className="tbl">
        <caption>{text('registry.ui.history.title')}</caption>
        <thead>
          <tr>
            {['when', 'who', 'field', 'before', 'after', 'why'].map((name) => (
              <th key={name} scope="col">
                {text(`registry.ui.history.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="tnum">{formatInstant(row.at)}</td>
              <td>
                <Person login={row.actor} />
              </td>
              <td>{nameOf(row)}</td>
              <td>{word(row.field, row.before) || text('ui.diff.nothing')}</td>
              <td>{word(row.field, row.after) || text('ui.diff.nothing')}</td>
              <td>
                {row.reason}
                {row.document && <small>{row.document}</small>}
                {row.proposal && (
                  <small>
                    <AppLink href={`/registry/proposals/${row.proposal}`}>{text('registry.ui.history.proposal')}</AppLink>
                  </small>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Who changed which field of a card, when, from what to what, why and by which document. Newest first. */
export function FieldHistoryList({ number }: { number: string }): ReactNode {
  const text = useText();
  const list = useList<FieldHistoryRow, FieldHistory>(`registry/accounts/${encodeURIComponent(number)}/history`);
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <Card>
        <Frame read={list} rows={8}>
          {() =>
            rows.length === 0 ? (
              <Empty icon="history" title={text('registry.ui.history.empty')} text={text('registry.ui.history.empty-text')} />
            ) : (
              <Rows rows={rows} />
            )
          }
        </Frame>
      </Card>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {text('ui.table.more')}
        </Button>
      )}
    </>
  );
}
