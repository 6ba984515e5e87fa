export type {
  Card as AccountCard,
  CardMonth,
  CardOpenItem as OpenItem,
  CardPayment,
  CardService,
} from '../../contract/index.ts';
