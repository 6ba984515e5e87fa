import {
  Activity, ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Bell, Building2, Calculator, CalendarCheck, CalendarDays, Check,
  ChevronDown, ChevronLeft, ChevronRight, CircleAlert, CircleCheck, CircleDashed, CircleHelp, CirclePause, CirclePlay, CircleX,
  Clock, Copy, Database, Ellipsis, EyeOff, FileDown, FileInput, FileText, FileUp, Filter, FlaskConical, Gauge, GraduationCap,
  History, House, Inbox, Info, Landmark, Languages, ListChecks, LoaderCircle, Lock, LogIn, LogOut, Megaphone, Monitor, Moon,
  Pause, Phone, Play, Printer, Receipt, RotateCcw, Route, Scale, Search, Server, Settings, ShieldCheck, SkipForward, SquareUser,
  Sun, Table2, TriangleAlert, Undo2, Unplug, User, Users, Wallet, WifiOff, Workflow, X, type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';

/** Names by which pages and manifests ask for a drawing. */
export const ICONS = {
  activity: Activity, 'arrow-down': ArrowDown, 'arrow-left': ArrowLeft, 'arrow-right': ArrowRight, 'arrow-up': ArrowUp,
  bell: Bell, building: Building2, calculator: Calculator, 'calendar-check': CalendarCheck, calendar: CalendarDays,
  check: Check, 'chevron-down': ChevronDown, 'chevron-left': ChevronLeft, 'chevron-right': ChevronRight, alert: CircleAlert,
  done: CircleCheck, 'not-started': CircleDashed, help: CircleHelp, paused: CirclePause, resume: CirclePlay, failed: CircleX,
  clock: Clock, copy: Copy, database: Database, more: Ellipsis, hidden: EyeOff, 'file-down': FileDown,
  'file-input': FileInput, file: FileText, 'file-up': FileUp, filter: Filter, 'dry-run': FlaskConical, gauge: Gauge,
  learn: GraduationCap, history: History, home: House, inbox: Inbox, info: Info, bank: Landmark, language: Languages,
  checks: ListChecks, running: LoaderCircle, lock: Lock, 'sign-in': LogIn, 'sign-out': LogOut, announcement: Megaphone,
  system: Monitor, dark: Moon, pause: Pause, phone: Phone, play: Play, print: Printer, receipt: Receipt, retry: RotateCcw,
  trace: Route, scale: Scale, search: Search, server: Server, settings: Settings, shield: ShieldCheck, skipped: SkipForward,
  account: SquareUser, light: Sun, table: Table2, warning: TriangleAlert, undo: Undo2, unplugged: Unplug, user: User,
  users: Users, wallet: Wallet, offline: WifiOff, process: Workflow, close: X,
} as const satisfies Record<string, LucideIcon>;

/** A known drawing. */
export type IconName = keyof typeof ICONS;

/** Whether a manifest names a known drawing. */
export const isIconName = (name: string): name is IconName => name in ICONS;

/** A drawing beside a word; it carries no meaning of its own, so it is hidden from readers. */
export function Icon({ name, size = 16, className = '' }: { name: IconName; size?: number; className?: string }): ReactNode {
  const Drawing = ICONS[name];
  return <Drawing className={`i ${className}`} size={size} strokeWidth={1.75} aria-hidden="true" focusable="false" />;
}
