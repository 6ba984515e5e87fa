'use client';
import { Component, createContext, Suspense, useContext, type ComponentType, type ReactNode } from 'react';
import { useCan } from './me.tsx';
import { Card } from './basics.tsx';
import { ErrorState, Loading } from './states.tsx';

/** A part of a page that another module gives. `P` is what the page tells its parts. */
export interface SlotEntry {
  readonly id: string;
  readonly permission: string;
  readonly order: number;
  readonly component: ComponentType<SlotProps>;
}

/** What a page tells its parts: the subject by name, e.g. `account`. */
export interface SlotProps {
  readonly subject: string;
}

/** All parts by the name of the place. */
export type SlotRegistry = Readonly<Record<string, readonly SlotEntry[]>>;

const SlotContext = createContext<SlotRegistry>({});

/** Makes the generated registry known to the pages. */
export function SlotProvider({ registry, children }: { registry: SlotRegistry; children: ReactNode }): ReactNode {
  return <SlotContext.Provider value={registry}>{children}</SlotContext.Provider>;
}

class Fence extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <Card>
        <ErrorState error={this.state.error} onRetry={() => this.setState({ error: undefined })} />
      </Card>
    );
  }
}

/** Whether some module gives a part to the place that this person may see: a page shows no empty tab. */
export function useHasSlot(): (name: string) => boolean {
  const can = useCan();
  const registry = useContext(SlotContext);
  return (name) => (registry[name] ?? []).some((entry) => can(entry.permission));
}

/** The place for parts of other modules; a part that fails shows its own error and leaves the rest alone. */
export function Slot({ name, subject }: { name: string; subject: string }): ReactNode {
  const can = useCan();
  const entries = useContext(SlotContext)[name] ?? [];
  return [...entries]
    .filter((entry) => can(entry.permission))
    .sort((left, right) => left.order - right.order)
    .map(({ id, component: Part }) => (
      <Fence key={id}>
        <Suspense
          fallback={
            <Card>
              <Loading rows={2} />
            </Card>
          }
        >
          <Part subject={subject} />
        </Suspense>
      </Fence>
    ));
}
