'use client';
import { isForbidden, useRead } from '@komplat/api-client';
import { AppLink, Button, Card, Empty, formatDay, formatInstant, formatPeriod, Frame, MoneyCell, Person, useLocale, usePastDays, useSave, useText, type SlotProps } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { CardEntry, CertificateItem, CertificateList } from '../../contract/index.ts';
import type { AccountCard } from '../parts/card-types.ts';
import { ServiceName } from '../parts/names.tsx';

const MONTHS = 60;
const KIND = 'billing.card-file.kind';

function Heads({ names }: { names: readonly string[] }): ReactNode {
  const text = useText();
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col" className={/amount|sum/.test(name) ? 'r' : undefined}>
            {text(name)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function CertificateRows({ items }: { items: readonly CertificateItem[] }): ReactNode {
  const text = useText();
  const [, save] = useSave();
  return items.map((item) => (
    <tr key={item.id}>
      <th scope="row" className="tnum">
        {item.number}
        <small title={item.sha256}>{text('billing.ui.certificate.hash', { hash: item.sha256.slice(0, 12) })}</small>
      </th>
      <td className="tnum">{formatDay(item.asOf)}</td>
      <td>{item.purpose}</td>
      <td className="t2">
        {formatInstant(item.issuedAt)}, <Person login={item.issuedBy} />
      </td>
      <td className="r">
        <MoneyCell value={item.balance} />
      </td>
      <td className="r">
        <Button size="small" icon="file-down" onClick={() => void save(`billing/certificates/${item.id}/pdf`, {}, `certificate-${item.number}.pdf`)}>
          {text('billing.ui.certificate.pdf')}
        </Button>
      </td>
    </tr>
  ));
}

/** Certificates that were handed out; a reader of some providers only has none. */
function Certificates({ number }: { number: string }): ReactNode {
  const text = useText();
  const read = useRead<CertificateList>(`billing/accounts/${number}/certificates`);
  if (isForbidden(read.error)) return null;
  const title = text('billing.ui.certificates.title');
  const names = ['number', 'as-of', 'purpose', 'issued', 'sum', 'pdf'].map((name) => `billing.ui.certificate.${name}`);
  return (
    <Card title={title}>
      <Frame read={read} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="file" title={text('billing.ui.certificate.empty')} text={text('billing.ui.certificate.empty-text')} />
          ) : (
            <div className="scrollx">
              <table className="tbl dense">
                <caption>{title}</caption>
                <Heads names={names} />
                <tbody>
                  <CertificateRows items={items} />
                </tbody>
              </table>
            </div>
          )
        }
      </Frame>
    </Card>
  );
}

/** A recalculation and a case lead to their pages; others are told by their kind. */
function DocumentName({ document: { kind, id } }: Pick<CardEntry, 'document'>): ReactNode {
  const text = useText();
  if (kind === 'correction') return <AppLink href={`/billing/corrections/${id}`}>{text('billing.ui.documents.correction')}</AppLink>;
  const word = text.has(`billing.ui.documents.of-${kind}`) ? text(`billing.ui.documents.of-${kind}`) : `${kind} ${id}`;
  return kind === 'legal-case' ? <AppLink href={`/legal/cases/${id}`}>{word}</AppLink> : word;
}

function EntryRow({ entry, card }: { entry: CardEntry; card: AccountCard }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const name = card.services.find((service) => service.serviceCode === entry.service)?.serviceName ?? entry.service;
  return (
    <tr>
      <th scope="row">{formatPeriod(entry.period, locale)}</th>
      <td>{formatPeriod(entry.forPeriod, locale)}</td>
      <td>{text.has(`${KIND}-${entry.kind}`) ? text(`${KIND}-${entry.kind}`) : entry.kind}</td>
      <td>
        <ServiceName code={entry.service} name={name} />
      </td>
      <td className="t2">
        <DocumentName document={entry.document} />
      </td>
      <td className="t2">
        {formatInstant(entry.bookedAt)}, <Person login={entry.bookedBy} />
      </td>
      <td className="r">
        <MoneyCell value={entry.amount} />
      </td>
    </tr>
  );
}

/** Documents that changed the debt and are neither monthly charges nor payments. */
function Entries({ number }: { number: string }): ReactNode {
  const text = useText();
  const { asOf, knownAt } = usePastDays();
  const read = useRead<AccountCard>(`billing/accounts/${number}/card`, { months: MONTHS, asOf, knownAt });
  const title = text('billing.ui.documents.title');
  const names = ['month', 'for', 'kind', 'service', 'document', 'who', 'amount'].map((name) => `billing.ui.documents.${name}`);
  return (
    <Card title={title} sub={text('billing.ui.documents.order')}>
      <Frame read={read} rows={6} permission="billing.card.read">
        {(card) =>
          card.entries.length === 0 ? (
            <Empty icon="file" title={text('billing.ui.documents.empty')} text={text('billing.ui.documents.empty-text')} />
          ) : (
            <div className="scrollx">
              <table className="tbl dense">
                <caption>{title}</caption>
                <Heads names={names} />
                <tbody>
                  {card.entries.map((entry, at) => (
                    <EntryRow key={`${entry.document.id}${entry.service}${at}`} entry={entry} card={card} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Frame>
    </Card>
  );
}

/** Papers of the account: certificates, and documents on its money. */
export const Slot = ({ subject }: SlotProps): ReactNode => (
  <>
    <Certificates number={subject} />
    <Entries number={subject} />
  </>
);
