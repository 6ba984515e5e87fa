import { Migration } from '@mikro-orm/migrations';

/** After whole packs were read page by page: words by the sex of the debtor, months in their cases, no inner codes, no empty tables. */
export const ORDER_2 = `@part application | Заява про видачу судового наказу
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
Споживачами послуг є: {{#debtors}}{{name}} ({{roleWord}}{{#share}}, частка {{share}}{{/share}}){{^last}}; {{/last}}{{/debtors}}.
Стягувач свої зобов’язання виконав: послуги надано, плату нараховано за тарифами, наведеними в додатку. Боржник{{#several}}и{{/several}} всупереч пункту 5 частини другої статті 7 Закону України «Про житлово-комунальні послуги» плату у повному обсязі та в установлений строк не {{didPay}}.
За період з {{period.fromGenitive}} по {{period.toName}} станом на {{asOf}} заборгованість становить **{{principal}} грн**, зокрема:
{{#services}}
- {{name}} — {{debt}} грн{{#last}}.{{/last}}{{^last}};{{/last}}
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
- 1. Видати судовий наказ про стягнення {{#several}}солідарно {{/several}}з {{#payers}}**{{nameGenitive}}**{{#actsFor}} (також як законного представника {{actsFor}}){{/actsFor}}{{^last}}, {{/last}}{{/payers}} на користь стягувача ({{creditor.name}}, код ЄДРПОУ {{creditor.edrpou}}) заборгованості за житлово-комунальні послуги за особовим рахунком № {{account}} за період з {{period.fromGenitive}} по {{period.toName}} у сумі {{principal}} грн{{#hasInflation}}, інфляційних втрат у сумі {{inflation}} грн{{/hasInflation}}{{#hasInterest}}, {{rate}} % річних у сумі {{interest}} грн{{/hasInterest}}, усього **{{total}} грн**.
- 2. Стягнути {{#several}}солідарно {{/several}}з {{#payers}}{{nameGenitive}}{{^last}}, {{/last}}{{/payers}} на користь стягувача витрати зі сплати судового збору у сумі {{fee.toPay}} грн.
. **Додатки:**
{{#annexes}}
- {{no}}. {{title}} — на {{pages}} арк.
{{/annexes}}
{{#hasFee}}
- Документ про сплату судового збору у сумі {{fee.toPay}} грн{{#fee.paidOn}} від {{fee.paidOn}}{{/fee.paidOn}}
{{/hasFee}}
. {{preparedOn}}
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part debt | Розрахунок заборгованості
# РОЗРАХУНОК
## заборгованості за житлово-комунальні послуги
. Особовий рахунок **{{account}}**, {{premises.address}}{{#premises.area}}, площа {{premises.area}} м²{{/premises.area}}
. Надавач послуг: {{creditor.name}}, код ЄДРПОУ {{creditor.edrpou}}
. Період: з {{period.fromGenitive}} по {{period.toName}}; стан на {{asOf}}
@table 46l 14c 19c 23r 23r 23r 22c
| Послуга | Місяць | Строк оплати до | Нараховано, грн | Погашено, грн | Борг, грн | Позовна давність до
{{#items}}
| {{service}} | {{month}} | {{dueOn}} | {{charged}} | {{covered}} | {{debt}} | {{limitationEndsOn}}
{{/items}}
|= Разом | | | {{items.charged}} | {{items.covered}} | {{items.debt}} |
@end
. **За послугами:**
{{#services}}
- {{name}}: {{debt}} грн
{{/services}}
~ Борг за місяць = нараховано − погашено. Оплати зараховано на місяці за порядком, чинним на день їх надходження.
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part additions | Розрахунок інфляційних втрат і процентів річних
# РОЗРАХУНОК
## інфляційних втрат і процентів річних
. Особовий рахунок **{{account}}**; розрахунок станом на {{calculatedOn}}
. Метод {{method}}: {{methodText}}.
. Ставка річних: {{rate}} %{{#penaltyRate}}; пеня: {{penaltyRate}} % за день{{/penaltyRate}}; версія таблиці індексів інфляції: {{indexVersion}}
@table 14c 40l 18.5c 18.5c 10r 18r 18c 19r 16.5r
| Місяць боргу | Послуга | З | По | Днів | Залишок, грн | Сукупн. індекс | Інфл. втрати, грн | {{rate}} % річних, грн
{{#additions}}
| {{month}} | {{service}} | {{from}} | {{to}} | {{days}} | {{balance}} | {{indexShort}} | {{inflation}} | {{interest}}
{{/additions}}
|= Разом | | | | | | | {{inflation}} | {{interest}}
@end
~ Підстава: частина друга статті 625 Цивільного кодексу України{{#hasPenalty}}; пеня — стаття 26 Закону України «Про житлово-комунальні послуги»{{/hasPenalty}}.
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part statement | Виписка з особового рахунку
# ВИПИСКА
## з особового рахунку {{account}}
. {{premises.address}}; стан на {{asOf}}
{{#hasStatement}}
@table 14c 38l 18r 17r 17.5r 14r 15.5r 17r 18r
| Місяць | Послуга | Борг на початок | Нара-ховано | Перера-хунок | Пільга | Субсидія | Оплачено | Борг на кінець
{{#statement}}
| {{month}} | {{service}} | {{opening}} | {{charged}} | {{recalculated}} | {{benefit}} | {{subsidy}} | {{paid}} | {{closing}}
{{/statement}}
|= Разом | | | {{statement.charged}} | {{statement.recalculated}} | {{statement.benefit}} | {{statement.subsidy}} | {{statement.paid}} |
@end
{{/hasStatement}}
{{^hasStatement}}
. У закритих місяцях цього періоду руху за рахунком немає.
{{/hasStatement}}
. **Оплати за період**
{{#payments}}
- {{day}} — {{amount}} грн ({{channel}})
{{/payments}}
{{^payments}}
. Оплат за період не надходило.
{{/payments}}
~ Усі суми — у гривнях.
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part residents | Відомості про зареєстрованих осіб
# ВІДОМОСТІ
## про осіб, зареєстрованих у житлі
. {{premises.address}}; особовий рахунок **{{account}}**
{{#residents}}
. {{no}}. **{{name}}**{{#birth}}, {{birth}} р. н.{{/birth}}, {{residence}}{{#from}} з {{from}}{{/from}}{{#to}} по {{to}}{{/to}}
{{/residents}}
{{^residents}}
. За даними обліку зареєстрованих осіб немає.
{{/residents}}
~ За даними обліку особового рахунку станом на {{asOf}}.
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part tariffs | Перелік застосованих тарифів
# ПЕРЕЛІК ТАРИФІВ
## застосованих у період нарахування
{{#hasTariffs}}
@table 44l 19c 20r 22c 65l
| Послуга | Чинний з | Тариф, грн | Одиниця | Рішення
{{#tariffs}}
| {{service}} | {{from}} | {{price}} | {{unit}} | {{decision}}
{{/tariffs}}
@end
{{/hasTariffs}}
{{^hasTariffs}}
. Тарифи за цей період додано окремими рішеннями.
{{/hasTariffs}}
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part authority | Відомості про повноваження
# ВІДОМОСТІ
## про повноваження особи, яка підписує документи
. Надавач послуг: **{{creditor.name}}**, код ЄДРПОУ {{creditor.edrpou}}, {{creditor.address}}
{{#creditor.head}}
. Підписує: {{creditor.post}} {{creditor.head}}
{{/creditor.head}}
{{#authority.number}}
. Документ про повноваження: № {{authority.number}} від {{authority.from}}{{#authority.until}}, чинний до {{authority.until}}{{/authority.until}}
{{/authority.number}}
{{^authority.number}}
. Повноваження керівника підтверджено відомостями Єдиного державного реєстру юридичних осіб, фізичних осіб-підприємців та громадських формувань.
{{/authority.number}}
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part annexes | Реєстр додатків
# РЕЄСТР ДОДАТКІВ
## до документа № {{number}} від {{preparedOn}}
@table 10c 115l 20c 25c
| № | Документ | Кількість аркушів | Номери аркушів
{{#annexes}}
| {{no}} | {{title}} | {{pages}} | {{range}}
{{/annexes}}
@end
{{#hasFee}}
. Окремо додано: документ про сплату судового збору у сумі {{fee.toPay}} грн{{#fee.paidOn}} від {{fee.paidOn}}{{/fee.paidOn}}.
{{/hasFee}}
@sign {{creditor.postTitle}} | {{creditor.signature}}
`;

/** Statement of claim, version 2. */
export const CLAIM_2 = `@part application | Позовна заява
> **До {{court.nameGenitive}}**
> {{court.address}}
> {{court.email}}

> **Позивач:** {{creditor.name}}
> код ЄДРПОУ {{creditor.edrpou}}
> {{creditor.address}}
> {{#creditor.phone}}тел. {{creditor.phone}}{{/creditor.phone}}{{#creditor.email}}, {{creditor.email}}{{/creditor.email}}
> {{#creditor.iban}}IBAN {{creditor.iban}}{{#creditor.bank}}, {{creditor.bank}}{{/creditor.bank}}{{/creditor.iban}}
> електронний кабінет в ЄСІТС зареєстровано
{{#debtors}}
> **Відповідач{{#several}} {{no}}{{/several}}:** {{name}}
> {{#birth}}{{birth}} р. н., {{/birth}}{{#taxNumber}}РНОКПП {{taxNumber}}{{/taxNumber}}{{^taxNumber}}РНОКПП позивачу невідомий{{/taxNumber}}
> {{#address}}зареєстроване місце проживання: {{address}}{{/address}}
> {{#phone}}тел. {{phone}}{{/phone}}
> {{#representative}}законний представник: {{representative}}{{/representative}}
> електронний кабінет: відомостей немає
{{/debtors}}
> **Ціна позову:** {{total}} грн
> **Судовий збір:** {{fee.toPay}} грн{{#fee.credited}} (зараховано {{fee.credited}} грн, сплачених за заяву про видачу судового наказу){{/fee.credited}}

# ПОЗОВНА ЗАЯВА
## про стягнення заборгованості за житлово-комунальні послуги, інфляційних втрат, процентів річних{{#hasPenalty}} та пені{{/hasPenalty}}

{{creditor.name}} (далі — позивач) надає житлово-комунальні послуги до житла за адресою: {{premises.address}}{{#premises.area}}, загальною площею {{premises.area}} м²{{/premises.area}}, за особовим рахунком № {{account}}. Підстава: {{ground}}.
Споживачами послуг є: {{#debtors}}{{name}} ({{roleWord}}{{#share}}, частка {{share}}{{/share}}{{#minor}}, неповнолітня особа{{/minor}}){{^last}}; {{/last}}{{/debtors}}.
Позивач свої зобов’язання виконав: послуги надано, плату нараховано за тарифами, наведеними в додатку. Відповідач{{#several}}і{{/several}} всупереч пункту 5 частини другої статті 7 Закону України «Про житлово-комунальні послуги» плату у повному обсязі та в установлений строк не {{didPay}}.
За період з {{period.fromGenitive}} по {{period.toName}} станом на {{asOf}} заборгованість становить **{{principal}} грн**, зокрема:
{{#services}}
- {{name}} — {{debt}} грн{{#last}}.{{/last}}{{^last}};{{/last}}
{{/services}}
Відповідно до статей 526, 530, 610, 612 Цивільного кодексу України зобов’язання має виконуватися належним чином та в установлений строк. Згідно з частиною другою статті 625 цього Кодексу боржник, який прострочив виконання грошового зобов’язання, зобов’язаний сплатити суму боргу з урахуванням встановленого індексу інфляції за весь час прострочення, а також проценти річних від простроченої суми. Позивач заявляє до стягнення:
{{#hasInflation}}
- інфляційні втрати — **{{inflation}} грн**;
{{/hasInflation}}
{{#hasInterest}}
- {{rate}} % річних — **{{interest}} грн**{{#hasPenalty}};{{/hasPenalty}}{{^hasPenalty}}.{{/hasPenalty}}
{{/hasInterest}}
{{#hasPenalty}}
- пеню (стаття 26 Закону України «Про житлово-комунальні послуги») — **{{penalty}} грн**.
{{/hasPenalty}}
Докладний розрахунок із кожним кроком наведено в додатку; його здійснено станом на {{calculatedOn}}.
{{#several}}
Повнолітні особи, які проживають у житлі та користуються послугами, несуть солідарну відповідальність за зобов’язаннями з їх оплати (статті 541, 543 Цивільного кодексу України, частина третя статті 9 Закону України «Про житлово-комунальні послуги»).
{{/several}}
Відомості за статтею 175 Цивільного процесуального кодексу України: заходи забезпечення доказів або позову до подання позовної заяви не здійснювалися; позивач не подавав іншого позову до цього ж відповідача з тим самим предметом та з тих самих підстав; оригінали доказів зберігаються у позивача; орієнтовний розрахунок судових витрат: судовий збір {{fee.toPay}} грн.
Справа є малозначною; позивач просить розглянути її в порядку спрощеного позовного провадження без повідомлення сторін (статті 274, 279 Цивільного процесуального кодексу України) та не заперечує проти заочного рішення.
На підставі викладеного та керуючись статтями 4, 175–177, 274 Цивільного процесуального кодексу України,
## ПРОШУ:
- 1. Стягнути {{#several}}солідарно {{/several}}з {{#payers}}**{{nameGenitive}}**{{#actsFor}} (також як законного представника {{actsFor}}){{/actsFor}}{{^last}}, {{/last}}{{/payers}} на користь позивача ({{creditor.name}}, код ЄДРПОУ {{creditor.edrpou}}) заборгованість за житлово-комунальні послуги за особовим рахунком № {{account}} за період з {{period.fromGenitive}} по {{period.toName}} у сумі {{principal}} грн{{#hasInflation}}, інфляційні втрати у сумі {{inflation}} грн{{/hasInflation}}{{#hasInterest}}, {{rate}} % річних у сумі {{interest}} грн{{/hasInterest}}{{#hasPenalty}}, пеню у сумі {{penalty}} грн{{/hasPenalty}}, усього **{{total}} грн**.
- 2. Стягнути з {{#payers}}{{nameGenitive}}{{^last}}, {{/last}}{{/payers}} на користь позивача витрати зі сплати судового збору у сумі {{fee.toPay}} грн.
. **Додатки:**
{{#annexes}}
- {{no}}. {{title}} — на {{pages}} арк.
{{/annexes}}
{{#hasFee}}
- Документ про сплату судового збору у сумі {{fee.toPay}} грн{{#fee.paidOn}} від {{fee.paidOn}}{{/fee.paidOn}}
{{/hasFee}}
- Копії позовної заяви та доданих документів для відповідач{{#several}}ів{{/several}}{{^several}}а{{/several}}
. {{preparedOn}}
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part debt | Розрахунок заборгованості
# РОЗРАХУНОК
## заборгованості за житлово-комунальні послуги
. Особовий рахунок **{{account}}**, {{premises.address}}{{#premises.area}}, площа {{premises.area}} м²{{/premises.area}}
. Надавач послуг: {{creditor.name}}, код ЄДРПОУ {{creditor.edrpou}}
. Період: з {{period.fromGenitive}} по {{period.toName}}; стан на {{asOf}}
@table 46l 14c 19c 23r 23r 23r 22c
| Послуга | Місяць | Строк оплати до | Нараховано, грн | Погашено, грн | Борг, грн | Позовна давність до
{{#items}}
| {{service}} | {{month}} | {{dueOn}} | {{charged}} | {{covered}} | {{debt}} | {{limitationEndsOn}}
{{/items}}
|= Разом | | | {{items.charged}} | {{items.covered}} | {{items.debt}} |
@end
. **За послугами:**
{{#services}}
- {{name}}: {{debt}} грн
{{/services}}
~ Борг за місяць = нараховано − погашено. Оплати зараховано на місяці за порядком, чинним на день їх надходження.
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part additions | Розрахунок інфляційних втрат, процентів річних, пені
# РОЗРАХУНОК
## інфляційних втрат, процентів річних{{#hasPenalty}} та пені{{/hasPenalty}}
. Особовий рахунок **{{account}}**; розрахунок станом на {{calculatedOn}}
. Метод {{method}}: {{methodText}}.
. Ставка річних: {{rate}} %{{#penaltyRate}}; пеня: {{penaltyRate}} % за день{{/penaltyRate}}; версія таблиці індексів інфляції: {{indexVersion}}
@table 14c 35l 18.5c 18.5c 10r 17r 17.5c 16.5r 13.5r 12r
| Місяць боргу | Послуга | З | По | Днів | Залишок, грн | Сукупн. індекс | Інфл. втрати, грн | {{rate}} % річних, грн | Пеня, грн
{{#additions}}
| {{month}} | {{service}} | {{from}} | {{to}} | {{days}} | {{balance}} | {{indexShort}} | {{inflation}} | {{interest}} | {{penalty}}
{{/additions}}
|= Разом | | | | | | | {{inflation}} | {{interest}} | {{penalty}}
@end
~ Підстава: частина друга статті 625 Цивільного кодексу України{{#hasPenalty}}; пеня — стаття 26 Закону України «Про житлово-комунальні послуги»{{/hasPenalty}}.
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part statement | Виписка з особового рахунку
# ВИПИСКА
## з особового рахунку {{account}}
. {{premises.address}}; стан на {{asOf}}
{{#hasStatement}}
@table 14c 38l 18r 17r 17.5r 14r 15.5r 17r 18r
| Місяць | Послуга | Борг на початок | Нара-ховано | Перера-хунок | Пільга | Субсидія | Оплачено | Борг на кінець
{{#statement}}
| {{month}} | {{service}} | {{opening}} | {{charged}} | {{recalculated}} | {{benefit}} | {{subsidy}} | {{paid}} | {{closing}}
{{/statement}}
|= Разом | | | {{statement.charged}} | {{statement.recalculated}} | {{statement.benefit}} | {{statement.subsidy}} | {{statement.paid}} |
@end
{{/hasStatement}}
{{^hasStatement}}
. У закритих місяцях цього періоду руху за рахунком немає.
{{/hasStatement}}
. **Оплати за період**
{{#payments}}
- {{day}} — {{amount}} грн ({{channel}})
{{/payments}}
{{^payments}}
. Оплат за період не надходило.
{{/payments}}
~ Усі суми — у гривнях.
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part residents | Відомості про зареєстрованих осіб
# ВІДОМОСТІ
## про осіб, зареєстрованих у житлі
. {{premises.address}}; особовий рахунок **{{account}}**
{{#residents}}
. {{no}}. **{{name}}**{{#birth}}, {{birth}} р. н.{{/birth}}, {{residence}}{{#from}} з {{from}}{{/from}}{{#to}} по {{to}}{{/to}}
{{/residents}}
{{^residents}}
. За даними обліку зареєстрованих осіб немає.
{{/residents}}
~ За даними обліку особового рахунку станом на {{asOf}}.
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part tariffs | Перелік застосованих тарифів
# ПЕРЕЛІК ТАРИФІВ
## застосованих у період нарахування
{{#hasTariffs}}
@table 44l 19c 20r 22c 65l
| Послуга | Чинний з | Тариф, грн | Одиниця | Рішення
{{#tariffs}}
| {{service}} | {{from}} | {{price}} | {{unit}} | {{decision}}
{{/tariffs}}
@end
{{/hasTariffs}}
{{^hasTariffs}}
. Тарифи за цей період додано окремими рішеннями.
{{/hasTariffs}}
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part authority | Відомості про повноваження
# ВІДОМОСТІ
## про повноваження особи, яка підписує документи
. Надавач послуг: **{{creditor.name}}**, код ЄДРПОУ {{creditor.edrpou}}, {{creditor.address}}
{{#creditor.head}}
. Підписує: {{creditor.post}} {{creditor.head}}
{{/creditor.head}}
{{#authority.number}}
. Документ про повноваження: № {{authority.number}} від {{authority.from}}{{#authority.until}}, чинний до {{authority.until}}{{/authority.until}}
{{/authority.number}}
{{^authority.number}}
. Повноваження керівника підтверджено відомостями Єдиного державного реєстру юридичних осіб, фізичних осіб-підприємців та громадських формувань.
{{/authority.number}}
@sign {{creditor.postTitle}} | {{creditor.signature}}

@part annexes | Реєстр додатків
# РЕЄСТР ДОДАТКІВ
## до документа № {{number}} від {{preparedOn}}
@table 10c 115l 20c 25c
| № | Документ | Кількість аркушів | Номери аркушів
{{#annexes}}
| {{no}} | {{title}} | {{pages}} | {{range}}
{{/annexes}}
@end
{{#hasFee}}
. Окремо додано: документ про сплату судового збору у сумі {{fee.toPay}} грн{{#fee.paidOn}} від {{fee.paidOn}}{{/fee.paidOn}}.
{{/hasFee}}
@sign {{creditor.postTitle}} | {{creditor.signature}}
`;

const version2 = (code: string, body: string): string => `
insert into legal.template (code, version, body, sha256, mark, reason, created_by)
select '${code}', 2, b, encode(sha256(convert_to(b, 'UTF8')), 'hex'), 'needs a lawyer', 'Виправлено відмінки, роди, таблиці', 'system:delivery'
from (values ($body$${body}$body$)) v (b);
insert into legal.template_decision (code, version, approved, reason, asked_by, decided_by)
values ('${code}', 2, true, 'Поставлено з системою; до першого подання текст має прочитати юрист', 'system:delivery', 'system:delivery')`;

export class LegalPackTemplates2 extends Migration {
  up(): void {
    this.addSql(version2('order', ORDER_2));
    this.addSql(version2('claim', CLAIM_2));
  }
}
