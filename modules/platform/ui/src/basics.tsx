'use client';
import { Tooltip } from 'radix-ui';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';
import { AppLink } from './router.tsx';

/** Weight of a button. One `primary` on a page. */
export type ButtonKind = 'normal' | 'primary' | 'quiet' | 'soft' | 'danger' | 'danger-solid';

/** Attributes of a button. `why` names the reason of a refusal: the button stays reachable and tells it. */
export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly kind?: ButtonKind;
  readonly size?: 'small' | 'normal' | 'large';
  readonly icon?: IconName;
  readonly keys?: readonly string[];
  readonly why?: string | undefined;
  readonly busy?: boolean;
}

const KIND: Record<ButtonKind, string> = {
  normal: '',
  primary: 'primary',
  quiet: 'quiet',
  soft: 'soft',
  danger: 'danger',
  'danger-solid': 'danger solid',
};
const SIZE = { small: 'sm', normal: '', large: 'lg' };

/** Classes of a button, also for a link that looks like one. */
export const buttonClass = (kind: ButtonKind = 'normal', size: 'small' | 'normal' | 'large' = 'normal'): string =>
  ['btn', KIND[kind], SIZE[size]].filter(Boolean).join(' ');

/** A short word that appears on hover and on focus. */
export function Tip({ text, children }: { text: string | undefined; children: ReactNode }): ReactNode {
  if (!text) return children;
  return (
    <Tooltip.Provider delayDuration={200}>
      <Tooltip.Root>
        <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className="tip" sideOffset={6}>
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}

/** A button: verb, object, number. */
export function Button(props: ButtonProps): ReactNode {
  const { kind, size, icon, keys, why, busy, children, className = '', onClick, ...rest } = props;
  const blocked = Boolean(why) || busy === true;
  return (
    <Tip text={why}>
      <button
        type="button"
        {...rest}
        className={`${buttonClass(kind, size)} ${className}`}
        aria-disabled={blocked || undefined}
        aria-busy={busy || undefined}
        onClick={(event) => (blocked ? event.preventDefault() : onClick?.(event))}
      >
        {busy ? <Icon name="running" size={15} className="spin" /> : icon && <Icon name={icon} size={15} />}
        <span>{children}</span>
        {keys?.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </button>
    </Tip>
  );
}

/** A button with a drawing only; the name is read aloud and shown on hover. */
export function IconButton(
  props: ButtonHTMLAttributes<HTMLButtonElement> & { icon: IconName; label: string; small?: boolean },
): ReactNode {
  const { icon, label, small, className = '', ...rest } = props;
  return (
    <Tip text={label}>
      <button type="button" {...rest} className={`icon ${small ? 'sm-i' : ''} ${className}`} aria-label={label}>
        <Icon name={icon} />
      </button>
    </Tip>
  );
}

/** Kinds of a state. Colour helps, the word tells. */
export type PillKind = 'ok' | 'info' | 'warn' | 'bad' | 'appr' | 'idle';

const PILL_ICON: Record<PillKind, IconName> = {
  ok: 'done',
  info: 'info',
  warn: 'warning',
  bad: 'failed',
  appr: 'users',
  idle: 'clock',
};

/** A state: drawing and word, never colour alone. */
export function StatusPill({
  kind,
  icon,
  children,
}: {
  kind: PillKind;
  icon?: IconName;
  children: ReactNode;
}): ReactNode {
  const name = icon ?? PILL_ICON[kind];
  return (
    <span className={`pill ${kind} ${name === 'running' ? 'running' : ''}`}>
      <Icon name={name} size={13} />
      {children}
    </span>
  );
}

/** A neutral mark without a state. */
export const Tag = ({ icon, children }: { icon?: IconName; children: ReactNode }): ReactNode => (
  <span className="tag">
    {icon && <Icon name={icon} size={13} />}
    {children}
  </span>
);

/** A framed part of a page. */
export function Card(props: {
  title?: ReactNode;
  sub?: ReactNode;
  right?: ReactNode;
  footer?: ReactNode;
  padded?: boolean;
  className?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <section className={`card ${props.className ?? ''}`}>
      {props.title !== undefined && (
        <header className="card-h">
          <h2>{props.title}</h2>
          {props.sub && <span className="sub">{props.sub}</span>}
          {props.right && <div className="card-r">{props.right}</div>}
        </header>
      )}
      <div className={props.padded ? 'card-b' : undefined}>{props.children}</div>
      {props.footer && <footer className="card-f">{props.footer}</footer>}
    </section>
  );
}

/** Head of a page: title, states, one sentence, acts at the right. */
export function PageHeader(props: {
  title: ReactNode;
  pills?: ReactNode;
  text?: ReactNode;
  actions?: ReactNode;
}): ReactNode {
  return (
    <div className="ph">
      <div className="ph-l">
        <h1 className="tnum">{props.title}</h1>
        {props.pills}
        {props.text && <p>{props.text}</p>}
      </div>
      {props.actions && <div className="ph-r">{props.actions}</div>}
    </div>
  );
}

/** One cell of a row of headline figures. */
export interface Stat {
  readonly key: string;
  readonly label: ReactNode;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

/** A row of headline figures. */
export function Stats({ items }: { items: readonly Stat[] }): ReactNode {
  return (
    <dl className="stats mb-3.5">
      {items.map((item) => (
        <div key={item.key}>
          <dt>{item.label}</dt>
          <dd className="v">{item.value}</dd>
          {item.note !== undefined && <dd className="x">{item.note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** A choice of a few views of the same thing. */
export function Segments<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode }[];
  onChange: (value: T) => void;
}): ReactNode {
  return (
    <div className="seg" role="group" aria-label={props.label}>
      {props.options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === props.value}
          onClick={() => props.onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

/** Pairs of a name and a value. */
export function KeyValues(props: {
  items: readonly { key: string; label: ReactNode; value: ReactNode }[];
  kind?: '' | 'lines' | 'sum' | 'left';
}): ReactNode {
  return (
    <dl className={`kv ${props.kind ?? ''}`}>
      {props.items.map((item) => (
        <div key={item.key}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

const BANNER_ICON: Record<PillKind, IconName> = {
  ok: 'done',
  info: 'info',
  warn: 'warning',
  bad: 'alert',
  appr: 'users',
  idle: 'info',
};

/** Something that must be read: it stays until its cause is gone. */
export function Banner(props: {
  kind: PillKind;
  icon?: IconName;
  actions?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <div className={`banner ${props.kind}`} role={props.kind === 'bad' ? 'alert' : 'status'}>
      <Icon name={props.icon ?? BANNER_ICON[props.kind]} />
      <div>{props.children}</div>
      {props.actions && <div className="b-r">{props.actions}</div>}
    </div>
  );
}

/** A link to a page of the portal that looks like a button. */
export function ButtonLink(props: {
  href: string;
  kind?: ButtonKind;
  size?: 'small' | 'normal' | 'large';
  icon?: IconName;
  children: ReactNode;
}): ReactNode {
  return (
    <AppLink href={props.href} className={buttonClass(props.kind, props.size)}>
      {props.icon && <Icon name={props.icon} size={15} />}
      <span>{props.children}</span>
    </AppLink>
  );
}
