'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink, Button, Card, DataTable, Empty, formatDay, formatDecimal, useCan, useLocale, useMe, usePastDays, useText, wholeList, type Column, type SlotProps,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { type AccountDone, CONTRACT_KINDS, type SupplyContracts } from '../../contract/index.ts';
import { EDITORS } from '../parts/card-links.tsx';
import type { FieldDef } from '../parts/change-kinds.ts';
import { FormDialog } from '../parts/form-dialog.tsx';

type Contract = SupplyContracts['items'][number];
const FIELDS: readonly FieldDef[] = [
  { name: 'contractNumber', type: 'text' }, { name: 'signedOn', type: 'day' },
  { name: 'contractKind', type: 'select', options: CONTRACT_KINDS }, { name: 'penaltyRate', type: 'number', optional: true },
  { name: 'dueDay', type: 'number' }, { name: 'from', type: 'day' }, { name: 'to', type: 'day', optional: true }, { name: 'document', type: 'text', optional: true },
];

function ContractForm({ number, version, contract, onClose }: {
  number: string; version: number; contract: Contract; onClose: () => void;
}): ReactNode {
  const text = useText();
  const { today } = useMe();
  const { signedOn, kind } = contract;
  return (
    <FormDialog<AccountDone>
      title={text('registry.ui.contracts.of', { service: contract.service, provider: contract.provider })}
      action={text('registry.ui.contracts.save')}
      done={text('registry.ui.contracts.saved')}
      path={`registry/accounts/${number}/contracts`}
      fields={() => FIELDS}
      start={{
        contractNumber: contract.number ?? '', signedOn: signedOn ? formatDay(signedOn) : '', contractKind: kind ?? 'individual',
        penaltyRate: contract.penaltyRate ?? '', dueDay: String(contract.dueDay), from: formatDay(today),
      }}
      body={({ contractNumber, contractKind, dueDay, penaltyRate, ...rest }) => ({
        ...rest, version, supplyId: contract.supplyId, number: contractNumber, kind: contractKind, dueDay: Number(dueDay), penaltyRate: penaltyRate ?? null,
      })}
      onClose={onClose}
    />
  );
}

function useColumns(edits: boolean, onChange: (row: Contract) => void): readonly Column<Contract>[] {
  const text = useText();
  const locale = useLocale();
  const can = useCan();
  return [
    {
      key: 'service',
      title: text('registry.ui.contracts.service'),
      fixed: true,
      wrap: true,
      cell: (row) => (
        <>
          {row.service}
          <small>{row.provider}</small>
        </>
      ),
    },
    {
      key: 'number',
      title: text('registry.ui.form.contractNumber'),
      cell: (row) =>
        row.number === null ? (
          <span className="mut">{text('registry.ui.contracts.none')}</span>
        ) : (
          text('registry.ui.contracts.number', { number: row.number, day: row.signedOn ? formatDay(row.signedOn) : '' })
        ),
    },
    { key: 'kind', title: text('registry.ui.form.contractKind'), cell: (row) => row.kind && text(`registry.ui.choice.contractKind.${row.kind}`) },
    {
      key: 'penalty',
      title: text('registry.ui.form.penaltyRate'),
      align: 'right',
      cell: (row) => <span className="num">{row.penaltyRate === null ? text('registry.ui.contracts.no-penalty') : `${formatDecimal(row.penaltyRate, locale)} %`}</span>,
    },
    { key: 'due', title: text('registry.ui.form.dueDay'), align: 'right', cell: (row) => <span className="num">{row.dueDay}</span> },
    {
      key: 'acts',
      bare: true,
      align: 'right',
      title: <span className="vh">{text('registry.ui.places.acts')}</span>,
      cell: (row) =>
        edits &&
        can('registry.account.edit') && (
          <Button size="small" onClick={() => onChange(row)}>
            {text('registry.ui.contracts.change')}
          </Button>
        ),
    },
  ];
}

/** Contracts of the supplies of an account: number, date, kind, penalty, day of payment, each from a day on. */
export function Slot({ subject }: SlotProps): ReactNode {
  const text = useText();
  const can = useCan();
  const { asOf, knownAt, isNow } = usePastDays();
  const read = useRead<SupplyContracts>(`registry/accounts/${subject}/contracts`, { asOf, knownAt });
  const [asked, setAsked] = useState<Contract>();
  const columns = useColumns(isNow, setAsked);
  return (
    <Card
      title={text('registry.ui.contracts.caption')}
      right={
        isNow &&
        EDITORS.some((permission) => can(permission)) && (
          <AppLink href={`/registry/accounts/${subject}/change?kind=supply-change`}>{text('registry.ui.contracts.supplies')}</AppLink>
        )
      }
    >
      <DataTable
        caption={text('registry.ui.contracts.caption')}
        columns={columns}
        pages={wholeList(read, read.data?.items)}
        rowKey={(row) => String(row.supplyId)}
        permission="registry.account.read"
        empty={<Empty icon="file" title={text('registry.ui.contracts.empty')} />}
      />
      {asked && read.data && <ContractForm number={subject} version={read.data.version} contract={asked} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}
