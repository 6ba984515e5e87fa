/** Annexes of both kinds of packs, version 1 of their text. */
export const ANNEXES_1 = `
@part debt | Розрахунок заборгованості
# РОЗРАХУНОК
## заборгованості за житлово-комунальні послуги
. Особовий рахунок **{{account}}**, {{premises.address}}{{#premises.area}}, площа {{premises.area}} м²{{/premises.area}}
. Надавач послуг: {{creditor.name}}, код ЄДРПОУ {{creditor.edrpou}}
. Період: {{period.fromName}} – {{period.toName}}; стан на {{asOf}}
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
@sign {{creditor.post}} | {{creditor.signature}}

@part additions | Розрахунок інфляційних втрат, процентів річних, пені
# РОЗРАХУНОК
## інфляційних втрат, процентів річних{{#hasPenalty}} та пені{{/hasPenalty}}
. Особовий рахунок **{{account}}**; розрахунок станом на {{calculatedOn}}
. Метод {{method}}: {{methodText}}.
. Ставка річних: {{rate}} %{{#penaltyRate}}; пеня: {{penaltyRate}} % за день{{/penaltyRate}}; версія таблиці індексів інфляції: {{indexVersion}}
@table 14c 38l 18.5c 18.5c 10r 17r 14.5c 16.5r 13.5r 12r
| Місяць боргу | Послуга | З | По | Днів | Залишок, грн | Сукупн. індекс | Інфл. втрати, грн | {{rate}} % річних, грн | Пеня, грн
{{#additions}}
| {{month}} | {{service}} | {{from}} | {{to}} | {{days}} | {{balance}} | {{index}} | {{inflation}} | {{interest}} | {{penalty}}
{{/additions}}
|= Разом | | | | | | | {{inflation}} | {{interest}} | {{penalty}}
@end
~ Підстава: частина друга статті 625 Цивільного кодексу України{{#hasPenalty}}; пеня — стаття 26 Закону України «Про житлово-комунальні послуги»{{/hasPenalty}}.
@sign {{creditor.post}} | {{creditor.signature}}

@part statement | Виписка з особового рахунку
# ВИПИСКА
## з особового рахунку {{account}}
. {{premises.address}}; стан на {{asOf}}
@table 14c 38l 18r 17r 17.5r 14r 15.5r 17r 18r
| Місяць | Послуга | Борг на початок | Нара-ховано | Перера-хунок | Пільга | Субсидія | Оплачено | Борг на кінець
{{#statement}}
| {{month}} | {{service}} | {{opening}} | {{charged}} | {{recalculated}} | {{benefit}} | {{subsidy}} | {{paid}} | {{closing}}
{{/statement}}
|= Разом | | | {{statement.charged}} | {{statement.recalculated}} | {{statement.benefit}} | {{statement.subsidy}} | {{statement.paid}} |
@end
. **Оплати за період**
{{#payments}}
- {{day}} — {{amount}} грн ({{channel}})
{{/payments}}
{{^payments}}
. Оплат за період не надходило.
{{/payments}}
~ Усі суми — у гривнях.
@sign {{creditor.post}} | {{creditor.signature}}

@part residents | Відомості про зареєстрованих осіб
# ВІДОМОСТІ
## про осіб, зареєстрованих у житлі
. {{premises.address}}; особовий рахунок **{{account}}**
{{#residents}}
. {{no}}. **{{name}}**{{#birth}}, {{birth}} р. н.{{/birth}}, {{relation}}{{#from}}, зареєстровано з {{from}}{{/from}}{{#to}} по {{to}}{{/to}}
{{/residents}}
{{^residents}}
. За даними обліку зареєстрованих осіб немає.
{{/residents}}
~ За даними обліку особового рахунку станом на {{asOf}}.
@sign {{creditor.post}} | {{creditor.signature}}

@part tariffs | Перелік застосованих тарифів
# ПЕРЕЛІК ТАРИФІВ
## застосованих у період нарахування
@table 44l 19c 20r 22c 65l
| Послуга | Чинний з | Тариф, грн | Одиниця | Рішення
{{#tariffs}}
| {{service}} | {{from}} | {{price}} | {{unit}} | {{decision}}
{{/tariffs}}
@end
@sign {{creditor.post}} | {{creditor.signature}}

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
@sign {{creditor.post}} | {{creditor.signature}}

@part annexes | Реєстр додатків
# РЕЄСТР ДОДАТКІВ
## до документа № {{number}} від {{preparedOn}}
@table 10c 115l 20c 25c
| № | Документ | Кількість аркушів | Номери аркушів
{{#annexes}}
| {{no}} | {{title}} | {{pages}} | {{range}}
{{/annexes}}
@end
{{#fee.reference}}
. Окремо додано: документ про сплату судового збору {{fee.reference}}{{#fee.paidOn}} від {{fee.paidOn}}{{/fee.paidOn}}.
{{/fee.reference}}
@sign {{creditor.post}} | {{creditor.signature}}
`;
