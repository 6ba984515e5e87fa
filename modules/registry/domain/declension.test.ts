import { describe, expect, it } from '@jest/globals';
import type { Word } from './declension-classes.ts';
import { declineName, type NameDictionary } from './declension.ts';

const EMPTY: NameDictionary = { surnames: { m: new Map(), f: new Map() }, givenNames: { m: new Map(), f: new Map() } };
const decline = (surname: string, givenName: string, patronymic: string, sex: 'm' | 'f', dictionary = EMPTY): [string, string] => {
  const text = (grammarCase: 'genitive' | 'dative'): string => {
    const done = declineName({ surname, givenName, patronymic }, sex, grammarCase, dictionary);
    return [done.surname, done.givenName, done.patronymic].join(' ').trim();
  };
  return [text('genitive'), text('dative')];
};

describe('names that are in no table: the ending and the sex decide (declension.md)', () => {
  it.each<[string, string, string, 'm' | 'f', string, string]>([
    ['Незнаменко', 'Тимко', 'Тимкович', 'm', 'Незнаменка Тимка Тимковича', 'Незнаменку Тимку Тимковичу'],
    ['Незнаменко', 'Тимка', 'Тимківна', 'f', 'Незнаменко Тимки Тимківни', 'Незнаменко Тимці Тимківні'],
    ['Заболотній', 'Вілен', '', 'm', 'Заболотнього Вілена', 'Заболотньому Вілену'],
    ['Заморський', 'Цезарій', '', 'm', 'Заморського Цезарія', 'Заморському Цезарію'],
    ['Заморська', 'Цезарія', '', 'f', 'Заморської Цезарії', 'Заморській Цезарії'],
    ['Горбунов', 'Гліб', '', 'm', 'Горбунова Гліба', 'Горбунову Глібу'],
    ['Горбунова', 'Аврора', '', 'f', 'Горбунової Аврори', 'Горбуновій Аврорі'],
    ['Дробишин', 'Мирош', '', 'm', 'Дробишина Мироша', 'Дробишину Мирошу'],
    ['Живець', 'Левко', '', 'm', 'Живця Левка', 'Живцю Левку'],
    ['Жнець', 'Жорж', '', 'm', 'Жнеця Жоржа', 'Жнецю Жоржу'],
    ['Молієць', 'Данко', '', 'm', 'Молійця Данка', 'Молійцю Данку'],
    ['Вулиточок', 'Дем', '', 'm', 'Вулиточка Дема', 'Вулиточку Дему'],
    ['Зелець', 'Ясь', '', 'm', 'Зельця Яся', 'Зельцю Ясю'],
    ['Чепига', 'Ахметка', '', 'm', 'Чепиги Ахметки', 'Чепизі Ахметці'],
    ['Каліш', 'Рима', '', 'f', 'Каліш Рими', 'Каліш Римі'],
    ['Рублюк', 'Дзвенислав', '', 'f', 'Рублюк Дзвениславі', 'Рублюк Дзвениславі'],
    ['Сивіх', 'Софі', '', 'f', 'Сивіх Софі', 'Сивіх Софі'],
    ['Молодих', 'Тео', '', 'm', 'Молодих Теа', 'Молодих Теу'],
    ['Перехожня', 'Зорина', '', 'f', 'Перехожньої Зорини', 'Перехожній Зорині'],
    ['Мандзя', 'Аська', '', 'f', 'Мандзі Аськи', 'Мандзі Асьці'],
    ['Грабар', 'Лі', 'Огли', 'm', 'Грабаря Лі Огли', 'Грабарю Лі Огли'],
    ['Стежар', 'Миколай', '', 'm', 'Стежара Миколая', 'Стежару Миколаю'],
    ['Ткачук-Біда', 'Анна-Марія', '', 'f', 'Ткачук-Біди Анни-Марії', 'Ткачук-Біді Анні-Марії'],
    ['МАРЕНКО', 'ІВАН', 'ПЕТРОВИЧ', 'm', 'МАРЕНКА ІВАНА ПЕТРОВИЧА', 'МАРЕНКУ ІВАНУ ПЕТРОВИЧУ'],
    ['Стаднік', 'В’ячеслав', '', 'm', "Стадніка В'ячеслава", "Стадніку В'ячеславу"],
  ])('%s %s %s (%s)', (surname, givenName, patronymic, sex, genitive, dative) => {
    expect(decline(surname, givenName, patronymic, sex)).toEqual([genitive, dative]);
  });
  it('the answer says that a person has to look, unless every word is known', () => {
    const word = (nominative: string, kind: Word['class']): [string, Word] => [nominative, { nominative, class: kind, obliqueStem: null }];
    const known: NameDictionary = {
      surnames: { m: new Map([word('Рак', 'K')]), f: new Map() },
      givenNames: { m: new Map([word('Іван', 'K')]), f: new Map() },
    };
    const certain = (surname: string, givenName: string, patronymic: string): boolean =>
      declineName({ surname, givenName, patronymic }, 'm', 'dative', known).certain;
    expect([certain('Рак', 'Іван', 'Іванович'), certain('Рак', 'Іван', ''), certain('Рак-Рак', 'Іван', '')]).toEqual([true, true, true]);
    expect([certain('Лис', 'Іван', ''), certain('Рак', 'Ян', ''), certain('Рак', 'Іван', 'Огли'), certain('Рак-Лис', 'Іван', '')]).toEqual([
      false, false, false, false,
    ]);
    expect(certain('РАК', 'ІВАН', '')).toBe(true);
  });
});
