'use client';
import type { Session } from '@komplat/api-client';
import { Button, Icon, useLocale, useText } from '@komplat/ui';
import { useState, type ReactNode } from 'react';
import { Mark } from './brand.tsx';
import { LanguageChoice } from './preferences.tsx';

function Plain({ children, side }: { children: ReactNode; side: ReactNode }): ReactNode {
  return (
    <div className="login plain">
      <main className="login-l">
        <div className="login-brand">
          <span className="text-accent">
            <Mark />
          </span>
          <b>Komplat</b>
        </div>
        <div className="login-f">{children}</div>
        <div className="login-foot">
          <LanguageChoice />
        </div>
      </main>
      <aside className="login-r">{side}</aside>
    </div>
  );
}

function Side({ training }: { training: boolean }): ReactNode {
  const text = useText();
  return (
    <>
      <section>
        <h2>{text('portal.sign-in.about')}</h2>
        <ul className="svc-list">
          {['card', 'close', 'money', 'four-eyes'].map((key) => (
            <li key={key}>
              <b>{text(`portal.sign-in.about-${key}`)}</b>
              <small>{text(`portal.sign-in.about-${key}-text`)}</small>
            </li>
          ))}
        </ul>
      </section>
      {training && (
        <div className="train">
          <div>
            <Icon name="learn" size={20} />
          </div>
          <div>
            <b>{text('portal.env.training')}</b>
            <p>{text('portal.sign-in.training')}</p>
          </div>
        </div>
      )}
    </>
  );
}

/** The page of a person who is not signed in: one button, the rest is done by the sign-in service. */
export function SignInPage({ session }: { session: Session }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const [busy, setBusy] = useState(false);
  const go = (): void => {
    setBusy(true);
    void session.signIn(locale);
  };
  return (
    <Plain side={<Side training={session.config.profile === 'training'} />}>
      <h1>{text('portal.sign-in.title')}</h1>
      <p className="t2">{text('portal.sign-in.text')}</p>
      <Button kind="primary" size="large" icon="sign-in" busy={busy} onClick={go} id="sign-in">
        {text('portal.sign-in.button')}
      </Button>
      <p className="hint">{text('portal.sign-in.hint')}</p>
    </Plain>
  );
}

/** The sign-in service does not answer: what happened, what to do. */
export function UnreachablePage(): ReactNode {
  const text = useText();
  return (
    <Plain side={<Side training={false} />}>
      <h1>{text('portal.sign-in.down-title')}</h1>
      <p className="t2">{text('portal.sign-in.down-text')}</p>
      <Button kind="primary" size="large" icon="retry" onClick={() => location.reload()}>
        {text('ui.retry')}
      </Button>
    </Plain>
  );
}
