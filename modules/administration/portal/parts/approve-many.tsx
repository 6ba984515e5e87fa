'use client';
import { useAct } from '@komplat/api-client';
import { Button, ReasonDialog, toast, useMessage, useText, type Marks } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import type { ApprovedMany } from './types.ts';

/** One signature for many requests; each is decided by itself, and what was refused is said. */
export function ApproveMarked({ marks }: { marks: Marks }): ReactNode {
  const text = useText();
  const message = useMessage();
  const [asking, setAsking] = useState(false);
  const send = useAct<ApprovedMany>(['administration/', 'billing/close']);
  const told = ({ approved, refused }: ApprovedMany): void => {
    const sums = text('administration.ui.approvals.approved-some', { count: approved.length, refused: refused.length });
    const [first] = refused;
    if (first) toast.failed(sums, message(first.problem));
    else toast.done(sums);
    marks.clear();
    setAsking(false);
  };
  return (
    <>
      <Button size="small" kind="primary" icon="checks" onClick={() => setAsking(true)}>
        {text('administration.ui.approvals.approve-many', { count: marks.count })}
      </Button>
      {asking && (
        <ReasonDialog
          open
          title={text('administration.ui.approvals.approve-many-title', { count: marks.count })}
          effect={text('administration.ui.approvals.approve-many-effect')}
          action={text('administration.ui.approvals.approve-many', { count: marks.count })}
          required={false}
          busy={send.isPending}
          error={send.error}
          onClose={() => setAsking(false)}
          onSubmit={(reason) =>
            send.mutate(
              {
                path: 'administration/approvals/approve',
                options: { json: { ...(marks.all ? { all: true } : { ids: [...marks.ids] }), ...(reason ? { reason } : {}) } },
              },
              { onSuccess: told },
            )
          }
        />
      )}
    </>
  );
}
