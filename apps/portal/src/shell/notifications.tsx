'use client';
import { AppLink, Icon, useMessage, useText, type Message } from '@komplat/ui';
import { Popover } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { useWaiting } from './waiting.ts';

interface Item {
  readonly title: Message | string;
  readonly href: string;
}

/** What waits for me, from every page: approvals, failed processes, registers that are not posted. */
export function Notifications(): ReactNode {
  const text = useText();
  const message = useMessage();
  const [open, setOpen] = useState(false);
  const queues = useWaiting().filter((queue) => queue.count > 0);
  const count = queues.reduce((sum, queue) => sum + queue.count, 0);
  const line = (item: Item): ReactNode => (
    <AppLink href={item.href} onClick={() => setOpen(false)}>
      {message(item.title)}
    </AppLink>
  );
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          id="notifications"
          className={`icon ${count > 0 ? 'has' : ''}`}
          aria-label={text('portal.notifications.count', { count })}
          title={text('portal.notifications.count', { count })}
        >
          <Icon name="bell" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu notes"
          align="end"
          sideOffset={4}
          aria-label={text('portal.notifications.title')}
        >
          {count === 0 && <p className="t2">{text('portal.notifications.none')}</p>}
          {queues.map((queue) => (
            <section key={queue.key}>
              <h2>
                {line({ title: queue.title, href: queue.href })} <b className="tnum">{queue.count}</b>
              </h2>
              <ul>
                {queue.items.slice(0, 3).map((item, at) => (
                  <li key={`${item.href}${at}`}>{line(item)}</li>
                ))}
              </ul>
            </section>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
