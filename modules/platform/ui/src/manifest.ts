/** A link of the left navigation; shown to those who have the permission. */
export interface NavItem {
  readonly key: string;
  readonly href: string;
  readonly permission: string;
  readonly section: NavSection;
  readonly icon: string;
  readonly order: number;
}

/** Sections of the navigation, in the order of the screen. */
export const NAV_SECTIONS = ['own', 'subscribers', 'period', 'money', 'processes', 'changes', 'data'] as const;

/** One of the sections. */
export type NavSection = (typeof NAV_SECTIONS)[number];

/** A page of a module: the generator writes its route. `file` is relative to the `portal` folder. */
export interface PageDef {
  readonly site: 'portal';
  readonly route: string;
  readonly file: string;
  readonly permission: string;
  readonly title: string;
}

/** A part that a module gives to a page of another module. */
export interface SlotDef {
  readonly slot: string;
  readonly file: string;
  readonly permission: string;
  readonly order: number;
}

/** What a module adds to the portal. */
export interface PortalManifest {
  readonly id: string;
  readonly nav: readonly NavItem[];
  readonly pages: readonly PageDef[];
  readonly slots: readonly SlotDef[];
}

/** Declares what a module adds to the portal. The generator reads this file, so it imports nothing else. */
export const definePortalManifest = (manifest: PortalManifest): PortalManifest => manifest;
