'use client';
import { AppLink, Icon, isIconName, NAV_SECTIONS, useCan, useRouter, useText, type NavItem } from '@komplat/ui';
import { manifests } from '@komplat/all/portal';
import { useEffect, useRef, type ReactNode } from 'react';
import { Mark } from './brand.tsx';
import { useWaiting } from './waiting.ts';

const pathOf = (href: string): string => href.split('?')[0] ?? href;
const isAt = (path: string, href: string): boolean => {
  const own = pathOf(href);
  return own === '/' ? path === '/' : path === own || path.startsWith(`${own}/`);
};

function Item({ item, path, count }: { item: NavItem; path: string; count: number }): ReactNode {
  const text = useText();
  const current = isAt(path, item.href.replace(/\/\{period\}$/, ''));
  const name = text(item.key);
  const own = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) own.current?.scrollIntoView?.({ block: 'nearest' });
  }, [current]);
  return (
    <li ref={own}>
      <AppLink href={item.href} aria-current={current ? 'page' : undefined} title={name}>
        <Icon name={isIconName(item.icon) ? item.icon : 'file'} />
        <span>{name}</span>
        {count > 0 && (
          <b>
            {count}
            <i className="vh"> {text('portal.nav.waiting')}</i>
          </b>
        )}
      </AppLink>
    </li>
  );
}

/** Sections of the modules this person may see; the number at the right is the work that waits for them. */
export function Navigation({ city, version }: { city: string; version: string }): ReactNode {
  const text = useText();
  const can = useCan();
  const { path } = useRouter();
  const queues = useWaiting();
  const items = manifests
    .flatMap((manifest) => manifest.nav)
    .filter((item) => can(item.permission))
    .sort((left, right) => left.order - right.order);
  const countOf = (href: string): number =>
    queues.filter((queue) => pathOf(queue.href) === pathOf(href)).reduce((sum, queue) => sum + queue.count, 0);
  return (
    <nav className="nav" aria-label={text('portal.nav.label')}>
      <AppLink className="brand" href="/" aria-label={text('portal.nav.home')}>
        <Mark />
        <span>Komplat</span>
      </AppLink>
      {NAV_SECTIONS.map((section) => {
        const own = items.filter((item) => item.section === section);
        if (own.length === 0) return null;
        return (
          <div className="nav-sec" key={section}>
            {section !== 'own' && <h2>{text(`portal.nav.${section}`)}</h2>}
            <ul>
              {own.map((item) => (
                <Item key={item.href} item={item} path={path} count={countOf(item.href)} />
              ))}
            </ul>
          </div>
        );
      })}
      <div className="nav-foot">
        {city && <span>{city}</span>}
        <span>{text('portal.version', { version })}</span>
      </div>
    </nav>
  );
}
