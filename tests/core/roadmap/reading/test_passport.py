"""A passport is found in tables and in prose, whatever its fields are called; the period follows from it."""

from datetime import date

import pytest

from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.passport import PassportField, passport_of, period_of
from msoko.core.roadmap.reading.passport_dates import dates_in, period_in
from msoko.core.roadmap.reading.passport_items import items_of, parties_of, stages_of
from msoko.core.roadmap.reading.passport_labels import is_only_label, label_of


def prose(*texts: str) -> list[Line]:
    return [Line(number, (text,)) for number, text in enumerate(texts, start=1)]


def table(*rows: tuple[str, ...], start: int = 1) -> list[Line]:
    return [Line(number, row, 1, tuple(range(len(row)))) for number, row in enumerate(rows, start=start)]


def period(*texts: str) -> tuple[str, str] | None:
    found = period_of(passport_of(prose(*texts)))
    return None if found is None else (found[0].isoformat(), found[1].isoformat())


class TestLabels:
    @pytest.mark.parametrize(
        ("words", "field"),
        [
            ("Наименование Программы", "title"),
            ("Полное наименование программы", "title"),
            ("Название проекта:", "title"),
            ("Основание для разработки программы", "grounds"),
            ("Правовые основания разработки", "grounds"),
            ("Нормативно-правовая база", "grounds"),
            ("Заказчик программы", "customer"),
            ("Муниципальный заказчик", "customer"),
            ("Разработчик", "developer"),
            ("Основные разработчики Программы", "developer"),
            ("Координатор программы", "coordinator"),
            ("Ответственный исполнитель", "executors"),
            ("Исполнители основных мероприятий", "executors"),
            ("Соисполнители", "participants"),
            ("Участники программы", "participants"),
            ("Целевая аудитория", "participants"),
            ("3. Цель", "goal"),
            ("Цели и задачи программы", "goal"),
            ("Стратегическая цель", "goal"),
            ("Основные задачи", "tasks"),
            ("Сроки и этапы реализации", "period"),
            ("Срок действия программы", "period"),
            ("Период выполнения", "period"),
            ("Этапы реализации", "stages"),
            ("Целевые индикаторы и показатели", "indicators"),
            ("Важнейшие целевые показатели", "indicators"),
            ("Критерии эффективности", "indicators"),
            ("Ожидаемые конечные результаты", "expected_results"),
            ("Планируемые результаты реализации", "expected_results"),
            ("Система организации контроля за исполнением", "control"),
            ("Контроль реализации программы", "control"),
            ("Мониторинг программы", "control"),
            ("Ресурсное обеспечение", "resources"),
            ("Объёмы и источники финансирования", "resources"),
            ("Источники финансирования", "resources"),
            ("Риски и меры по их снижению", "risks"),
            ("Основные направления", "directions"),
            ("<p>Цель</p>", "goal"),
            ("**Задачи**", "tasks"),
            ("Методы работы", None),
            ("Управление образования", None),
            ("Целевой приём", None),
            ("", None),
        ],
    )
    def test_fields_are_known_by_any_wording(self, words: str, field: str | None):
        assert label_of(words) == field

    @pytest.mark.parametrize(
        ("words", "is_only"),
        [
            ("Ожидаемые результаты реализации Программы", True),
            ("Цель концепции", True),
            ("2.1. Сроки и этапы реализации программы", True),
            ("Цель программы направлена на рост результатов", False),
            ("Контроль за исполнением приказа оставляю за собой", False),
            ("Участники семинара познакомились с опытом школ", False),
        ],
    )
    def test_a_heading_is_told_from_a_sentence(self, words: str, is_only: bool):
        assert is_only_label(words) == is_only


class TestTables:
    ROWS = (
        ("Наименование", "Программа «Сильная школа» на 2031–2034 годы"),
        ("Основание для разработки", "- Закон о крае от 01.02.2030 № 7;\n- постановление от 05.06.2030 № 18."),
        ("Разработчик", "Методический центр района"),
        ("Исполнители", "Управление образования, методический центр, школы «Луч», «Рост» и их филиалы (по списку)"),
        ("Цель", "Поднять результаты четырёх школ"),
        ("Задачи", "Задачи:\n1. Найти причины.\n2. Обучить команды школ;\n3. Проверить, что изменилось."),
        ("Сроки и этапы", "2031–2034 годы\nI этап – 2031 год: подготовка\nII этап – 2032–2034 годы: работа"),
        ("Целевые показатели", "Доля двоек на ОГЭ не выше 5 %; доля учителей с курсами не ниже 80 %"),
        ("Кадры", "Шесть методистов"),
        ("Система контроля", "Отчёт раз в полугодие"),
    )

    def test_every_field_is_found_with_its_line(self):
        passport = passport_of(table(*self.ROWS))
        assert passport["title"] == PassportField("Программа «Сильная школа» на 2031–2034 годы", 1, 0.9)
        assert passport["grounds"].value == ("Закон о крае от 01.02.2030 № 7", "постановление от 05.06.2030 № 18.")
        assert passport["developer"].value == "Методический центр района"
        assert passport["executors"].value == (
            "Управление образования",
            "методический центр",
            "школы «Луч»",
            "«Рост» и их филиалы (по списку)",
        )
        assert passport["goal"].value == "Поднять результаты четырёх школ"
        assert passport["tasks"].value == ("Найти причины.", "Обучить команды школ", "Проверить, что изменилось.")
        assert passport["stages"].value == ("I этап – 2031 год: подготовка", "II этап – 2032–2034 годы: работа")
        assert passport["indicators"].value == ("Доля двоек на ОГЭ не выше 5 %", "доля учителей с курсами не ниже 80 %")
        assert passport["other"].value == ("Кадры: Шесть методистов",)
        assert passport["control"] == PassportField("Отчёт раз в полугодие", 10, 0.9)

    def test_a_column_of_numbers_before_it_does_not_matter(self):
        numbered = table(*((str(number), *row) for number, row in enumerate(self.ROWS, start=1)))
        assert passport_of(numbered)["goal"].value == "Поднять результаты четырёх школ"

    def test_a_field_that_goes_on_over_a_page_is_whole(self):
        rows = [*self.ROWS[:5], ("Задачи", "1. Найти причины;\n2. Обучить команды"), ("", "школ;\n3. Проверить.")]
        assert passport_of(table(*rows))["tasks"].value == ("Найти причины", "Обучить команды школ", "Проверить.")

    def test_a_name_of_a_field_that_goes_on_over_a_page_is_whole(self):
        rows = [*self.ROWS[:5], ("Ожидаемые", "Все школы"), ("результаты", "вышли из списка.")]
        assert passport_of(table(*rows))["expected_results"].value == ("Все школы вышли из списка.",)

    def test_a_text_file_parts_the_table_by_tabulators(self):
        lines = [Line(2 * number, row) for number, row in enumerate(self.ROWS, start=1)]
        assert passport_of(lines)["developer"].value == "Методический центр района"

    def test_a_roadmap_is_no_passport(self):
        rows = [
            ("№", "Мероприятия", "Сроки", "Исполнители"),
            ("1", "Мониторинг реализации программы", "май", "УО"),
            ("2", "Контроль", "июнь", "УО"),
        ]
        assert passport_of(table(*rows)) == {}


class TestProse:
    def test_fields_with_a_colon_or_a_dash_are_found(self):
        passport = passport_of(
            prose(
                "Цель: поднять результаты школ.", "Срок реализации программы – 2031-2032 годы", "Исполнители: УО, РМК"
            )
        )
        assert passport["goal"].value == "поднять результаты школ."
        assert passport["executors"].value == ("УО", "РМК")
        assert period_of(passport) == (date(2031, 1, 1), date(2032, 12, 31))
        assert passport["goal"].confidence < 0.9

    def test_a_list_below_the_name_of_a_field_is_its_value(self):
        passport = passport_of(
            prose("Основные задачи:", "- найти причины;", "- помочь школам.", "Школы района разные.")
        )
        assert passport["tasks"].value == ("найти причины", "помочь школам.")

    def test_a_heading_gives_what_stands_below_it(self):
        lines = [
            Line(1, ("Ожидаемые результаты реализации",), heading=2),
            Line(2, ("1) список школ короче;",)),
            Line(3, ("2) учителя прошли курсы.",)),
            Line(4, ("Риски",), heading=2),
        ]
        assert passport_of(lines)["expected_results"].value == ("список школ короче", "учителя прошли курсы.")

    def test_sentences_about_goals_and_control_are_no_fields(self):
        texts = (
            "Цель урока зависит от класса.",
            "Контроль за исполнением приказа оставляю за собой.",
            "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ",
        )
        assert passport_of(prose(*texts)) == {}

    def test_stages_in_prose_are_found(self):
        passport = passport_of(prose("Первый этап (осень 2031 г.) – сбор", "Второй этап (2032 год) – работа"))
        assert len(passport["stages"].value) == 2


class TestTitles:
    @pytest.mark.parametrize(
        ("texts", "title"),
        [
            (("Муниципальная программа «Сильная школа» на 2031-2033 годы",),) * 2,
            (
                ("ДОРОЖНАЯ КАРТА", "поддержки школ района", "на 2031/2032 учебный год", "с. Ключи"),
                "ДОРОЖНАЯ КАРТА поддержки школ района на 2031/2032 учебный год",
            ),
            (
                ("**План мероприятий", "по повышению результатов", "в районе**", "1. Общие положения"),
                "План мероприятий по повышению результатов в районе",
            ),
            (("ПРОГРАММА", "«Сильная школа", "и сильный учитель»"), "ПРОГРАММА «Сильная школа и сильный учитель»"),
            (
                ("Приказ", "Об утверждении плана работы со школами", "Утвердить план."),
                "Об утверждении плана работы со школами",
            ),
            (("Программа является частью плана района.", "Программа: перечень"), None),
        ],
    )
    def test_titles_of_one_and_more_lines_are_found(self, texts: tuple[str, ...], title: object):
        found = passport_of(prose(*texts)).get("title")
        assert (found and (found.value,)) == (title if isinstance(title, tuple) else title and (title,))


class TestApproval:
    @pytest.mark.parametrize(
        ("texts", "by", "on", "number"),
        [
            (("П Р И К А З", "05.09.2031", "№ 18-о", "с. Ключи"), "приказ от 05.09.2031 № 18-о", "2031-09-05", "18-о"),
            (
                ("ПОСТАНОВЛЕНИЕ", "от «17» ноября 2031 года № 525"),
                "постановление от 17.11.2031 № 525",
                "2031-11-17",
                "525",
            ),
            (
                ("УТВЕРЖДЕНО", "приказом управления образования", "от 5 сентября 2031 г. № 18/1"),
                "приказ управления образования от 05.09.2031 № 18/1",
                "2031-09-05",
                "18/1",
            ),
            (
                ("Приложение № 2 к распоряжению комитета от 05.09.2031 № 7-р",),
                "распоряжение комитета от 05.09.2031 № 7-р",
                "2031-09-05",
                "7-р",
            ),
            (
                ("УТВЕРЖДАЮ", "Директор методического центра", "«__» ______ 2031 г."),
                "Директор методического центра",
                None,
                None,
            ),
            (("На основании приказа министерства от 01.02.2030 № 5", "Утвердить план."), None, None, None),
        ],
    )
    def test_act_date_and_number_are_found(
        self, texts: tuple[str, ...], by: str | None, on: str | None, number: str | None
    ):
        passport = passport_of(prose(*texts))
        said = [passport.get(field) for field in ("approved_by", "approved_on", "approved_number")]
        assert [one and one.value for one in said] == [by, on, number]

    def test_stamps_beside_each_other_in_a_table_are_read_one_by_one(self):
        rows = (
            ("СОГЛАСОВАНО", "УТВЕРЖДЕНО"),
            ("советом района", "приказом отдела"),
            ("01.09.2031", "от 05.09.2031 № 18"),
        )
        passport = passport_of([*table(*rows), Line(4, ("Программа района",))])
        assert passport["approved_by"].value == "приказ отдела от 05.09.2031 № 18"


class TestPeriods:
    @pytest.mark.parametrize(
        ("words", "first", "last"),
        [
            ("2031 – 2033 годы", "2031-01-01", "2033-12-31"),
            ("2031-2033 гг.", "2031-01-01", "2033-12-31"),
            ("2031–33 годы", "2031-01-01", "2033-12-31"),
            ("с 2031 по 2033 год", "2031-01-01", "2033-12-31"),
            ("с 2031 года по 2033 год включительно", "2031-01-01", "2033-12-31"),
            ("на 2031 год", "2031-01-01", "2031-12-31"),
            ("2031, 2032 и 2033 годы", "2031-01-01", "2033-12-31"),
            ("2031-2032 учебный год", "2031-09-01", "2032-08-31"),
            ("2031/32 уч. г.", "2031-09-01", "2032-08-31"),
            ("2031–2032 и 2032–2033 учебные годы", "2031-09-01", "2033-08-31"),
            ("в 2031-2032 году", "2031-09-01", "2032-08-31"),
            ("01.09.2031 г. – 31.05.2033 г.", "2031-09-01", "2033-05-31"),
            ("с 1 сентября 2031 года по 31 мая 2033 года", "2031-09-01", "2033-05-31"),
            ("01.09.-31.12.2031", "2031-09-01", "2031-12-31"),
            ("сентябрь 2031 – май 2033", "2031-09-01", "2033-05-31"),
            ("октябрь–декабрь 2031 г.", "2031-10-01", "2031-12-31"),
            ("4 квартал 2031 года – II квартал 2032 года", "2031-10-01", "2032-06-30"),
            ("3 года (2031–2033 гг.), начало 01.09.2031", "2031-01-01", "2033-12-31"),
            ("до 2033 года", None, "2033-12-31"),
            ("к концу учебного года", None, None),
            ("в течение трёх лет", None, None),
            ("31.02.2031", None, None),
        ],
    )
    def test_words_name_their_first_and_last_day(self, words: str, first: str | None, last: str | None):
        found = period_in(words)
        assert [day and day.isoformat() for day in found] == [first, last]

    def test_a_title_gives_the_period_where_no_field_does(self):
        assert period("Дорожная карта развития школ на 2031-2032 учебный год") == ("2031-09-01", "2032-08-31")
        assert period("Программа «Рост» на 2031–2034 годы") == ("2031-01-01", "2034-12-31")

    def test_without_any_the_period_is_unknown_and_not_guessed(self):
        assert period("Программа развития школ района", "Закон от 01.02.2030 № 7") is None

    def test_stages_narrow_the_years_of_the_period(self):
        texts = ("Срок реализации: 2031–2033 годы", "I этап (IV квартал 2031 года)", "II этап (2032–2033 годы)")
        assert period(*texts) == ("2031-10-01", "2033-12-31")

    def test_years_without_a_word_are_a_school_year_where_the_document_says_so(self):
        assert period("Дорожная карта школ в 2031-2032", "План на 2031-2032 учебный год.") == (
            "2031-09-01",
            "2032-08-31",
        )
        assert period("Дорожная карта школ в 2031-2032") == ("2031-01-01", "2032-12-31")

    def test_until_a_year_begins_with_the_approval(self):
        texts = ("УТВЕРЖДЕНО приказом отдела от 05.09.2031 № 18", "Программа развития школ до 2033 года")
        assert period(*texts) == ("2031-09-05", "2033-12-31")

    def test_dates_are_read_in_their_order(self):
        text = "от «17» ноября 2031 года, изменён 01.02.2032 и 5 мая 2032 г., не 45.13.2031"
        assert [day.isoformat() for day in dates_in(text)] == ["2031-11-17", "2032-02-01", "2032-05-05"]


class TestItems:
    @pytest.mark.parametrize(
        ("text", "items"),
        [
            ("1. Найти. 2. Помочь. 3. Проверить.", ("Найти.", "Помочь.", "Проверить.")),
            ("1) найти;\n2) помочь", ("найти", "помочь")),
            ("- найти;\n- помочь;", ("найти", "помочь")),
            ("- найти; - помочь", ("найти", "помочь")),
            ("• найти\n• помочь", ("найти", "помочь")),
            ("найти; помочь", ("найти", "помочь")),
            ("Первый абзац.\nВторой абзац.", ("Первый абзац.", "Второй абзац.")),
            ("Строка, которая\nпродолжается", ("Строка, которая продолжается",)),
            ("<ul><li>найти</li><li>помочь</li></ul>", ("найти", "помочь")),
            ("Работа – это труд – и радость", ("Работа – это труд – и радость",)),
            ("С 1. сентября", ("С 1. сентября",)),
            ("", ()),
        ],
    )
    def test_lists_are_parted_and_sentences_are_not(self, text: str, items: tuple[str, ...]):
        assert items_of(text) == items

    def test_parties_are_parted_by_commas_outside_of_quotes_and_brackets(self):
        text = "УО, центр «Опора, дом, школа» (филиалы, классы), школы"
        assert parties_of(text) == ("УО", "центр «Опора, дом, школа» (филиалы, классы)", "школы")

    @pytest.mark.parametrize(
        "text",
        ["I этап – а. II этап – б", "1 этап: а; 2 этап: б", "Первый этап а\nВторой этап б", "Этап 1. а\nЭтап 2. б"],
    )
    def test_stages_are_told_apart(self, text: str):
        assert len(stages_of(text)) == 2

    def test_a_text_without_stages_has_none(self):
        assert stages_of("Работа идёт поэтапно") == ()


class TestWholeDocuments:
    def test_a_table_of_three_columns_with_a_header_is_a_passport(self):
        passport = passport_of(
            table(
                ("№ п/п", "Наименование раздела", "Содержание"),
                ("1", "Полное наименование Программы", "Программа «Тихий час»"),
                ("2", "Заказчик", "Администрация района"),
                ("3", "Цель", "Больше читать"),
            )
        )
        assert {name: field.value for name, field in passport.items()} == {
            "title": "Программа «Тихий час»",
            "customer": "Администрация района",
            "goal": "Больше читать",
        }

    def test_a_stamp_in_one_paragraph_says_who_and_when(self):
        passport = passport_of(prose("УТВЕРЖДАЮ Начальник отдела образования ______ А. Б. Ветров «12» мая 2031 г."))
        assert passport["approved_by"].value == "Начальник отдела образования А. Б. Ветров"
        assert passport["approved_on"].value == "2031-05-12"
