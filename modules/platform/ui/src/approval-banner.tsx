'use client';
import type { ReactNode } from 'react';
import { Banner, Button } from './basics.tsx';
import { useText } from './text.tsx';

/** Four eyes on screen: what is asked, by whom, and who may sign. The author sees it in blue, without buttons. */
export function ApprovalBanner(props: {
  what?: ReactNode;
  requestedBy: string;
  at: string;
  mine: boolean;
  mayDecide: boolean;
  whyNot?: string | undefined;
  onApprove: () => void;
  onReject: () => void;
}): ReactNode {
  const text = useText();
  const buttons = props.mayDecide && (
    <>
      <Button kind="primary" icon="check" onClick={props.onApprove}>
        {text('ui.approval.approve')}
      </Button>
      <Button onClick={props.onReject}>{text('ui.approval.reject')}</Button>
    </>
  );
  return (
    <Banner kind={props.mine ? 'info' : 'appr'} actions={buttons}>
      <b>{props.mine ? text('ui.approval.own') : text('ui.approval.wanted')}</b> {props.what}
      <div className="sm t2">
        {text('ui.approval.by', { name: props.requestedBy, at: props.at })}
        {!props.mayDecide && props.whyNot ? `; ${props.whyNot}` : ''}
      </div>
    </Banner>
  );
}
