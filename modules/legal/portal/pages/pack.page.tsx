'use client';
import { useRead } from '@komplat/api-client';
import {
  AppLink, Banner, Button, Card, formatAccount, formatCount, formatDay, formatInstant, formatMoney, Frame, KeyValues, PageHeader, Person, useLocale, useRouter, useSave, useText,
} from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { PackDetail, PackRebuilt } from '../../contract/index.ts';
import { PackActs, Rebuilt } from '../parts/pack-acts.tsx';
import { PackStatePill } from '../parts/pack-look.tsx';
import { CalculationRules } from '../parts/rules.tsx';

/** Files of the pack with their hashes and signatures, and its documents one by one. */
function Files({ pack }: { pack: PackDetail }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.packs.${key}`);
  const [busy, save] = useSave();
  const path = `legal/packs/${pack.id}`;
  return (
    <Card title={word('files')}>
      <table className="tbl">
        <caption className="vh">{word('files')}</caption>
        <thead>
          <tr>
            <th scope="col">{word('file')}</th>
            <th scope="col" className="r">{word('pages')}</th>
            <th scope="col">{word('signature')}</th>
            <th scope="col">{word('sha')}</th>
          </tr>
        </thead>
        <tbody>
          {pack.manifest.files.map((file) => (
            <tr key={file.name}>
              <td>
                <Button icon="file-down" size="small" busy={busy} onClick={() => void save(`${path}/files/${file.name}`, {}, file.name)}>
                  {file.name}
                </Button>
              </td>
              <td className="r tnum">{file.pages === null ? '' : formatCount(file.pages)}</td>
              <td>{file.name.endsWith('.p7s') ? word('is-signature') : word(file.signed ? 'signed' : 'not-signed')}</td>
              <td className="tnum break-all">{file.sha256}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="list">
        {pack.manifest.parts.map(({ part, title, firstPage, pages }) => (
          <li key={part}>
            <Button icon="print" size="small" busy={busy} onClick={() => void save(`${path}/parts/${part}`, {}, `${part}.pdf`)}>
              {title}
            </Button>{' '}
            <span className="mut">{text('legal.ui.packs.sheets', { from: firstPage, to: firstPage + pages - 1 })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Manifest({ pack }: { pack: PackDetail }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.packs.${key}`);
  const { template, renderer, fonts, indexVersion, rules, snapshotSha256 } = pack.manifest;
  const rows = [
    { key: 'template', label: word('template'), value: `${word(`kind-${pack.kind}`)}, ${template.version}` },
    { key: 'data', label: word('data'), value: <span className="break-all">{snapshotSha256}</span> },
    { key: 'renderer', label: word('renderer'), value: renderer },
    { key: 'fonts', label: word('fonts'), value: fonts.map(({ name, sha256 }) => `${name} ${sha256.slice(0, 12)}`).join(', ') },
    { key: 'index', label: word('index'), value: String(indexVersion) },
  ];
  return (
    <Card title={word('manifest')} padded>
      <KeyValues items={rows} />
      <h3 className="sm t2">{word('rules')}</h3>
      <CalculationRules list={rules} />
    </Card>
  );
}

function Events({ pack }: { pack: PackDetail }): ReactNode {
  const text = useText();
  return (
    <Card title={text('legal.ui.packs.events')} padded>
      <ul className="list">
        {pack.events.map((event) => (
          <li key={`${event.kind} ${event.at}`}>
            {formatInstant(event.at)} — {text(`legal.ui.packs.event-${event.kind}`)}
            {event.differences !== null && `: ${text('legal.ui.packs.event-differences', { count: event.differences })}`}, <Person login={event.by} />
            {event.reason && `: ${event.reason}`}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Whole({ pack }: { pack: PackDetail }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const word = (key: string): string => text(`legal.ui.packs.${key}`);
  const [rebuilt, setRebuilt] = useState<PackRebuilt | null>(null);
  const facts = [
    { key: 'account', label: word('account'), value: <AppLink href={`/registry/accounts/${pack.account}`}>{formatAccount(pack.account)}</AppLink> },
    { key: 'creditor', label: word('creditor'), value: pack.creditorName },
    { key: 'total', label: word('total'), value: formatMoney(pack.total, locale) },
    { key: 'prepared', label: word('prepared'), value: formatDay(pack.preparedOn) },
  ];
  return (
    <>
      <PageHeader
        title={`${word(`kind-${pack.kind}`)} ${pack.number}`}
        text={<AppLink href="/legal/packs">{word('back')}</AppLink>}
        actions={<PackActs pack={pack} onRebuilt={setRebuilt} />}
      />
      {pack.manifest.marks.map((mark) => (
        <Banner key={mark} kind="warn">
          {mark}
        </Banner>
      ))}
      {rebuilt && <Rebuilt result={rebuilt} />}
      <Card padded>
        <PackStatePill state={pack.state} />
        <KeyValues items={facts} />
      </Card>
      <Files pack={pack} />
      <Events pack={pack} />
      <Manifest pack={pack} />
    </>
  );
}

/** One pack: its files, what it was made of, what happened to it. */
export function Page(): ReactNode {
  const { params } = useRouter();
  const read = useRead<PackDetail>(`legal/packs/${params['id'] ?? ''}`);
  return <Frame read={read}>{(pack) => <Whole pack={pack} />}</Frame>;
}
