'use client';
import { useRead } from '@komplat/api-client';
import { Card, formatDay, KeyValues, shortName, usePastDays, useText, type SlotProps } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { AccountFacts, SupplyContracts } from '../../contract/index.ts';
import { fullName } from '../parts/change-kinds.ts';

/** Owners with their shares, equipment of the dwelling, contracts of the supplies: as of the day of the card. */
export function Slot({ subject }: SlotProps): ReactNode {
  const text = useText();
  const { asOf: day, knownAt } = usePastDays();
  const asked = { asOf: day, knownAt };
  const { data: facts } = useRead<AccountFacts>(`registry/accounts/${subject}/facts`, asked);
  const { data: contracts } = useRead<SupplyContracts>(`registry/accounts/${subject}/contracts`, asked);
  if (!facts) return null;
  const { asOf } = facts;
  const nameOf = new Map(facts.persons.map((person) => [person.id, shortName(fullName(person))]));
  const owners = facts.owners.filter(({ from, to }) => (from ?? '') <= asOf && (to === null || to >= asOf));
  const signed = contracts?.items.filter(({ number }) => number !== null) ?? [];
  const items = [
    ...owners.map(({ personId, share }) => ({ key: personId, label: nameOf.get(personId) ?? '', value: <span className="tnum">{share}</span> })),
    ...facts.equipment.map(({ kind, value }) => ({
      key: kind, label: text(`registry.ui.choice.equipment.${kind}`), value: text(`registry.ui.choice.value.${value}`),
    })),
    ...signed.map(({ supplyId, service, number, signedOn }) => ({
      key: String(supplyId), label: service, value: text('registry.ui.owners.contract', { number: number ?? '', day: signedOn ? formatDay(signedOn) : '' }),
    })),
  ];
  if (items.length === 0) return null;
  return (
    <Card padded title={text('registry.ui.owners.title')}>
      <KeyValues items={items} />
    </Card>
  );
}
