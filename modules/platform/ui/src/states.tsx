'use client';
import {
  ApiError,
  connection,
  isForbidden,
  isMissing,
  isOffline,
  SignInLostError,
  useOfflineSince,
} from '@komplat/api-client';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, Banner } from './basics.tsx';
import { formatTime } from './format.ts';
import { Icon, type IconName } from './icons.tsx';
import { useText } from './text.tsx';

/** Nothing to show: what is empty, why that may be fine, one next step. */
export function Empty(props: { title: ReactNode; text?: ReactNode; action?: ReactNode; icon?: IconName }): ReactNode {
  return (
    <div className="empty">
      <Icon name={props.icon ?? 'inbox'} size={24} />
      <b>{props.title}</b>
      {props.text && <p>{props.text}</p>}
      {props.action}
    </div>
  );
}

/** Bones of the rows that are on their way; they appear after 300 ms and have the height of real rows. */
export function Loading({ rows = 6, label }: { rows?: number; label?: string }): ReactNode {
  const text = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" role="status" aria-label={label ?? text('ui.loading')} className="px-3.5 py-1">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-8 items-center gap-3.5 border-b border-line last:border-0">
          {late &&
            [25, 40 - (index % 3) * 6, 15].map((width) => (
              <i key={width} className="sk" style={{ width: `${width}%` }} />
            ))}
        </div>
      ))}
    </div>
  );
}

/** The sentence of a failure: of the API when it gave one, of the messages by its code otherwise. */
export function useErrorText(): (error: unknown) => string {
  const text = useText();
  return (error) => {
    if (isOffline(error)) return text('ui.offline.text');
    if (error instanceof SignInLostError) return text('ui.session-lost');
    if (!(error instanceof ApiError)) return text('ui.error.unknown');
    const key = `error.${error.code}`;
    if (error.detail) return error.detail;
    return text.has(key) ? text(key, error.params) : error.title || text('ui.error.unknown');
  };
}

/** Something did not load: what, what still works, try again, the code to report. */
export function ErrorState({
  error,
  title,
  onRetry,
}: {
  error: unknown;
  title?: string;
  onRetry?: () => void;
}): ReactNode {
  const text = useText();
  const sentence = useErrorText();
  const code = error instanceof ApiError ? error.requestId : '';
  return (
    <div className="empty" role="alert">
      <Icon name="unplugged" size={24} />
      <b>{title ?? text('ui.error.title')}</b>
      <p>{sentence(error)}</p>
      {code && (
        <p>
          {text('ui.error.code')} <span className="mono">{code}</span>
        </p>
      )}
      <div className="row">
        {onRetry && (
          <Button size="small" icon="retry" onClick={onRetry}>
            {text('ui.retry')}
          </Button>
        )}
        {code && (
          <Button size="small" kind="quiet" onClick={() => void navigator.clipboard.writeText(code)}>
            {text('ui.error.copy')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The page is not for this role: which permission is wanted and who gives it. */
export function Forbidden({ permission, page }: { permission?: string; page?: boolean }): ReactNode {
  const Title = page ? 'h1' : 'b';
  const text = useText();
  const [module = '', ...rest] = (permission ?? '').split('.');
  const key = `${module}.permission.${rest.join('.')}`;
  const name = permission && text.has(key) ? text(key) : permission;
  return (
    <div className="empty">
      <Icon name="lock" size={24} />
      <Title className="text-sm font-semibold">{text('ui.forbidden.title')}</Title>
      <p>{name ? text('ui.forbidden.text', { permission: name }) : text('ui.forbidden.plain')}</p>
    </div>
  );
}

const RETRY_SECONDS = 10;

/** Counts down to the next try; the timer of a page that is left stops. */
function useCountdown(act: () => void): number {
  const [left, setLeft] = useState(RETRY_SECONDS);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    let rest = RETRY_SECONDS;
    const timer = setInterval(() => {
      rest -= 1;
      if (rest === 0) {
        rest = RETRY_SECONDS;
        latest.current();
      }
      setLeft(rest);
    }, 1_000);
    return () => clearInterval(timer);
  }, []);
  return left;
}

/** The connection is gone: shown data are old, typed text is kept, the next try comes by itself. */
export function Offline({ since, onRetry }: { since: number; onRetry: () => void }): ReactNode {
  const text = useText();
  const left = useCountdown(onRetry);
  const data = connection.lastAnswer();
  const clock = (at: number): string => formatTime(new Date(at).toISOString());
  return (
    <Banner
      kind="warn"
      icon="offline"
      actions={
        <Button size="small" onClick={onRetry}>
          {text('ui.retry')}
        </Button>
      }
    >
      <b>{text('ui.offline.since', { at: clock(since) })}</b>{' '}
      {data !== undefined && text('ui.offline.data', { at: clock(data) })} {text('ui.offline.kept')}{' '}
      <span aria-hidden="true">{text('ui.offline.next', { seconds: left })}</span>
    </Banner>
  );
}

/** Why a money button does not act now; `undefined` = it does. */
export function useOfflineReason(): string | undefined {
  const text = useText();
  return useOfflineSince() === undefined ? undefined : text('ui.offline.money');
}

/** What a frame needs to know of a read. */
export interface Reading<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly isPlaceholderData?: boolean;
  readonly refetch: () => unknown;
}

/** One frame of a page: bones, data, refusal, failure. Old data stay on screen, dimmed while new come. */
export function Frame<T>(props: {
  read: Reading<T>;
  rows?: number;
  permission?: string;
  missing?: ReactNode;
  children: (data: T) => ReactNode;
}): ReactNode {
  const { read, rows, permission, missing, children } = props;
  const retry = (): void => void read.refetch();
  if (read.data !== undefined) {
    return <div className={read.isPlaceholderData ? 'opacity-60' : undefined}>{children(read.data)}</div>;
  }
  if (!read.error) return <Loading rows={rows ?? 6} />;
  if (isForbidden(read.error)) return <Forbidden {...(permission ? { permission } : {})} />;
  if (isMissing(read.error) && missing) return missing;
  return <ErrorState error={read.error} onRetry={retry} />;
}
