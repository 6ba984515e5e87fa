'use client';
import { Toaster as Sonner, toast as show } from 'sonner';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';
import { useText } from './text.tsx';

/** Result of an own act. Success leaves by itself, a failure stays until it is closed. */
export interface Toast {
  done(title: string, detail?: string, undo?: { label: string; act: () => void }): void;
  failed(title: string, detail?: string): void;
}

function Body(props: {
  id: string | number;
  bad?: boolean;
  title: string;
  detail?: string;
  action?: ReactNode;
}): ReactNode {
  const text = useText();
  return (
    <div className={`toast w-96 ${props.bad ? 'bad' : ''}`} role={props.bad ? 'alert' : 'status'}>
      <Icon name={props.bad ? 'failed' : 'done'} className={props.bad ? 'bad' : 'ok'} />
      <div className="grow">
        <b>{props.title}</b>
        {props.detail && <div className="sm t2">{props.detail}</div>}
      </div>
      {props.action}
      <button type="button" className="icon sm-i" aria-label={text('ui.close')} onClick={() => show.dismiss(props.id)}>
        <Icon name="close" size={14} />
      </button>
    </div>
  );
}

/** Shows toasts; a fact that must be read belongs into a banner or a dialog. */
export const toast: Toast = {
  done: (title, detail, undo) => {
    const action = undo && (
      <button type="button" className="btn quiet sm" onClick={undo.act}>
        {undo.label}
      </button>
    );
    show.custom((id) => <Body id={id} title={title} action={action} {...(detail ? { detail } : {})} />, {
      duration: 6_000,
    });
  },
  failed: (title, detail) => {
    show.custom((id) => <Body id={id} bad title={title} {...(detail ? { detail } : {})} />, { duration: Infinity });
  },
};

/** The place where toasts appear. */
export const Toaster = (): ReactNode => (
  <Sonner position="bottom-right" gap={8} containerAriaLabel=" " style={{ fontFamily: 'var(--font-sans)' }} />
);
