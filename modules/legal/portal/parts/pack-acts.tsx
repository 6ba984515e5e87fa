'use client';
import { useAct } from '@komplat/api-client';
import { Banner, Button, formatCount, FormFailure, ReasonDialog, toast, useCan, useStandstill, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { PackDetail, PackDifference, PackRebuilt } from '../../contract/index.ts';

/** What a rebuilt pack has otherwise than the issued one. */
function Differences({ list }: { list: readonly PackDifference[] }): ReactNode {
  const text = useText();
  const word = (key: string): string => text(`legal.ui.packs.${key}`);
  return (
    <table className="tbl">
      <caption className="vh">{word('differences')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('what')}</th>
          <th scope="col">{word('place')}</th>
          <th scope="col">{word('was')}</th>
          <th scope="col">{word('now')}</th>
        </tr>
      </thead>
      <tbody>
        {list.map((row) => (
          <tr key={`${row.what} ${row.file ?? ''} ${row.page ?? ''}`}>
            <td>{word(`difference-${row.what}`)}</td>
            <td>{[row.file ?? '', row.page === null ? '' : text('legal.ui.packs.page', { page: row.page })].filter(Boolean).join(', ')}</td>
            <td className="break-all">{row.was}</td>
            <td className="break-all">{row.now}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Answer of a rebuild: equal, or everything that differs. */
export function Rebuilt({ result }: { result: PackRebuilt }): ReactNode {
  const text = useText();
  const params = { files: formatCount(result.files), pages: formatCount(result.pages), count: formatCount(result.differences.length) };
  return (
    <>
      <Banner kind={result.equal ? 'ok' : 'bad'}>{text(`legal.ui.packs.${result.equal ? 'equal' : 'not-equal'}`, params)}</Banner>
      {!result.equal && <Differences list={result.differences} />}
    </>
  );
}

/** Draw again, sign, withdraw: what the state and the rights allow. */
export function PackActs({ pack, onRebuilt }: { pack: PackDetail; onRebuilt: (result: PackRebuilt) => void }): ReactNode {
  const text = useText();
  const can = useCan();
  const still = useStandstill();
  const [withdrawing, setWithdrawing] = useState(false);
  const rebuild = useAct<PackRebuilt>([`legal/packs/${pack.id}`]);
  const act = useAct<PackDetail>(['legal/packs']);
  const path = `legal/packs/${pack.id}`;
  const send = (verb: string, json: object): void =>
    act.mutate(
      { path: `${path}/${verb}`, options: { json } },
      {
        onSuccess: () => {
          toast.done(text(`legal.ui.packs.did-${verb}`));
          setWithdrawing(false);
        },
      },
    );
  return (
    <>
      {can('legal.pack.issue') && (
        <Button
          icon="retry"
          why={still}
          busy={rebuild.isPending}
          onClick={() => rebuild.mutate({ path: `${path}/rebuild`, options: { json: {} } }, { onSuccess: onRebuilt })}
        >
          {text('legal.ui.packs.rebuild')}
        </Button>
      )}
      {can('legal.pack.issue') && pack.state !== 'withdrawn' && (
        <Button why={still} onClick={() => setWithdrawing(true)}>
          {text('legal.ui.packs.withdraw')}
        </Button>
      )}
      {can('legal.pack.sign') && pack.state === 'issued' && (
        <Button kind="primary" icon="check" why={still} busy={act.isPending} onClick={() => send('sign', {})}>
          {text('legal.ui.packs.sign')}
        </Button>
      )}
      {!withdrawing && <FormFailure error={act.error ?? rebuild.error} />}
      <ReasonDialog
        open={withdrawing}
        title={text('legal.ui.packs.ask-withdraw', { number: pack.number })}
        effect={text('legal.ui.packs.effect-withdraw')}
        action={text('legal.ui.packs.withdraw')}
        busy={act.isPending}
        error={act.error}
        onSubmit={(reason) => send('withdraw', { reason })}
        onClose={() => setWithdrawing(false)}
      />
    </>
  );
}
