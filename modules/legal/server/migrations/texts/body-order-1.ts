import { ANNEXES_1 } from './body-parts-1.ts';

/** Application for a court order, version 1 (ЦПК ст. 160–164; law.md 5.1). A lawyer has to read it before its first use. */
export const ORDER_1 = `@part application | Заява про видачу судового наказу
> **До {{court.nameGenitive}}**
> {{court.address}}
> {{court.email}}

> **Стягувач:** {{creditor.name}}
> код ЄДРПОУ {{creditor.edrpou}}
> {{creditor.address}}
> {{#creditor.phone}}тел. {{creditor.phone}}{{/creditor.phone}}{{#creditor.email}}, {{creditor.email}}{{/creditor.email}}
> {{#creditor.iban}}IBAN {{creditor.iban}}{{#creditor.bank}}, {{creditor.bank}}{{/creditor.bank}}{{/creditor.iban}}
> електронний кабінет в ЄСІТС зареєстровано
{{#debtors}}
> **Боржник{{#several}} {{no}}{{/several}}:** {{name}}
> {{#birth}}{{birth}} р. н., {{/birth}}{{#taxNumber}}РНОКПП {{taxNumber}}{{/taxNumber}}{{^taxNumber}}РНОКПП стягувачу невідомий{{/taxNumber}}
> {{#address}}зареєстроване місце проживання: {{address}}{{/address}}
> {{#phone}}тел. {{phone}}{{/phone}}
> {{#representative}}законний представник: {{representative}}{{/representative}}
> електронний кабінет: відомостей немає
{{/debtors}}
> **Сума вимог:** {{total}} грн
> **Судовий збір:** {{fee.toPay}} грн

# ЗАЯВА
## про видачу судового наказу про стягнення заборгованості за житлово-комунальні послуги

{{creditor.name}} (далі — стягувач) надає житлово-комунальні послуги до житла за адресою: {{premises.address}}{{#premises.area}}, загальною площею {{premises.area}} м²{{/premises.area}}, за особовим рахунком № {{account}}. Підстава: {{ground}}.
Споживачами послуг є: {{#debtors}}{{name}} ({{role}}{{#share}}, частка {{share}}{{/share}}){{^last}}; {{/last}}{{/debtors}}.
Стягувач свої зобов’язання виконав: послуги надано, плату нараховано за тарифами, наведеними в додатку. Боржник{{#several}}и{{/several}} всупереч пункту 5 частини другої статті 7 Закону України «Про житлово-комунальні послуги» плату у повному обсязі та в установлений строк не {{#several}}внесли{{/several}}{{^several}}вніс (не внесла){{/several}}.
За період {{period.fromName}} – {{period.toName}} станом на {{asOf}} заборгованість становить **{{principal}} грн**, зокрема:
{{#services}}
- {{name}} — {{debt}} грн;
{{/services}}
Відповідно до статей 526, 530, 610, 612 Цивільного кодексу України зобов’язання має виконуватися належним чином та в установлений строк. Згідно з частиною другою статті 625 цього Кодексу боржник, який прострочив виконання грошового зобов’язання, на вимогу кредитора зобов’язаний сплатити суму боргу з урахуванням встановленого індексу інфляції за весь час прострочення, а також проценти річних від простроченої суми.
{{#hasInflation}}
- інфляційні втрати — **{{inflation}} грн**;
{{/hasInflation}}
{{#hasInterest}}
- {{rate}} % річних — **{{interest}} грн**.
{{/hasInterest}}
Розрахунок наведено в додатку; його здійснено станом на {{calculatedOn}}.
{{#several}}
Повнолітні особи, які проживають у житлі та користуються послугами, несуть солідарну відповідальність за зобов’язаннями з їх оплати (статті 541, 543 Цивільного кодексу України, частина третя статті 9 Закону України «Про житлово-комунальні послуги»).
{{/several}}
Вимога про стягнення заборгованості за оплату житлово-комунальних послуг з урахуванням індексу інфляції та 3 відсотків річних, нарахованих заявником на суму заборгованості, є вимогою, за якою може бути видано судовий наказ (пункт 3 частини першої статті 161 Цивільного процесуального кодексу України). Строк позовної давності за заявленими місяцями не сплив.
На підставі викладеного та керуючись статтями 160–164 Цивільного процесуального кодексу України,
## ПРОШУ:
- 1. Видати судовий наказ про стягнення {{#several}}солідарно {{/several}}з {{#payers}}**{{nameGenitive}}**{{#actsFor}} (також як законного представника {{actsFor}}){{/actsFor}}{{^last}}, {{/last}}{{/payers}} на користь {{creditor.name}} (код ЄДРПОУ {{creditor.edrpou}}{{#creditor.iban}}, IBAN {{creditor.iban}}{{/creditor.iban}}) заборгованості за житлово-комунальні послуги за особовим рахунком № {{account}} за період {{period.fromName}} – {{period.toName}} у сумі {{principal}} грн{{#hasInflation}}, інфляційних втрат у сумі {{inflation}} грн{{/hasInflation}}{{#hasInterest}}, {{rate}} % річних у сумі {{interest}} грн{{/hasInterest}}, усього **{{total}} грн**.
- 2. Стягнути {{#several}}солідарно {{/several}}з {{#payers}}{{nameGenitive}}{{^last}}, {{/last}}{{/payers}} на користь {{creditor.name}} витрати зі сплати судового збору у сумі {{fee.toPay}} грн.
. **Додатки:**
{{#annexes}}
- {{no}}. {{title}} — на {{pages}} арк.
{{/annexes}}
{{#fee.reference}}
- Документ про сплату судового збору {{fee.reference}}{{#fee.paidOn}} від {{fee.paidOn}}{{/fee.paidOn}}
{{/fee.reference}}
. {{preparedOn}}
@sign {{creditor.post}} | {{creditor.signature}}
${ANNEXES_1}`;
