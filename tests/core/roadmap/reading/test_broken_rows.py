"""Rows broken by pages, merged downwards, with numbers lost, repeated or glued to words."""

from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.parse import parse
from tests.core.roadmap.reading.drawn import codes, core, read, read_text, the_only, titles


def test_a_row_without_a_number_that_begins_in_the_middle_goes_on_cell_by_cell():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель|Результат
1.|Смотр школьных музеев и|октябрь,|УО, классные|Список

|комнат боевой славы|ноябрь|руководители|лучших музеев
2.|Поход|июнь|Школы|Отчёт
    """)
    assert core(parsed.activities[0]) == (
        None,
        "1",
        "Смотр школьных музеев и комнат боевой славы",
        "октябрь, ноябрь",
        ("УО", "классные руководители"),
        "Список лучших музеев",
        None,
    )
    assert parsed.activities[0].lines == (3, 5)
    assert 0.9 <= parsed.activities[0].confidence < parsed.activities[1].confidence


def test_an_abbreviation_goes_on_with_the_title_where_numbers_count_on():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | Раздел 1. Оценка |
        | 1. | Обсуждение итогов | март | РМК |
        | | ЕГЭ и их причин | | |
        | 2. | Беседы с родителями | май | Школы |
    """)
    assert titles(parsed) == ["Обсуждение итогов ЕГЭ и их причин", "Беседы с родителями"]
    assert {activity.section for activity in parsed.activities} == {"Оценка"}


def test_the_number_repeated_on_the_next_page_does_not_make_another_activity():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1. | Смотр школьных | май | РМК |
        | 1. | музеев | | |
    """)
    assert titles(parsed) == ["Смотр школьных музеев"]


def test_a_cell_merged_over_two_pages_of_a_pdf_holds_on_with_a_doubt():
    rows = [("№", "Мероприятие", "Срок", "Исполнитель"), ("1", "Смотр", "май", "РМК"), ("2", "Поход", "", "Школы")]
    lines = [Line(n, row, 1, (0, 1, 2, 3), page=1 + (n == 3)) for n, row in enumerate(rows, start=1)]
    lower = parse(lines).activities[1]
    assert (lower.deadline, lower.page) == ("май", 2)
    assert "Ячейка срока пуста, взят срок предыдущей строки." in lower.doubts


def test_what_the_next_page_only_repeats_is_taken_once():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель|Результат
1.|Смотр школьных|октябрь|УО|Приказ об итогах

|музеев|||Приказ об итогах
    """)
    assert the_only(parsed).result == "Приказ об итогах"


def test_a_fragment_with_another_number_of_cells_is_placed_by_what_they_look_like():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель|Результат
1.|Смотр школьных музеев|октябрь|УО|Приказ

2.||Поход по родному краю|июнь||Директора школ|Отчёт
3.||Турнир чтецов|май||РМК|Протокол

научных обществ||||Районный совет
    """)
    assert [core(activity)[2:6] for activity in parsed.activities] == [
        ("Смотр школьных музеев", "октябрь", ("УО",), "Приказ"),
        ("Поход по родному краю", "июнь", ("Директора школ",), "Отчёт"),
        ("Турнир чтецов научных обществ", "май", ("РМК",), "Протокол Районный совет"),
    ]


def test_a_last_word_that_slipped_into_the_next_row_goes_back():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель
1.|Смотр музеев, созданных в|октябрь|УО
2.|школах Поход по родному краю|июнь|Школы
    """)
    assert titles(parsed) == ["Смотр музеев, созданных в школах", "Поход по родному краю"]
    assert all(activity.confidence < 0.9 for activity in parsed.activities)


def test_deadline_and_executors_that_belong_to_the_next_row_are_not_taken():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель
1.|Смотр музеев, созданных|октябрь|УО

|школами|по плану РМК|РМК, школы
2.|Поход по родному краю|по плану РМК|РМК, школы
    """)
    assert (parsed.activities[0].deadline, parsed.activities[0].executors) == ("октябрь", ("УО",))


def test_paragraphs_between_rows_that_end_an_open_cell_are_put_there():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель|Результат
1.|Смотр школьных музеев|октябрь|УО|Участвуют школы: 2025 – 10,

|
2026 – 12

2.|Поход по родному краю|июнь|Школы|Отчёт
    """)
    assert parsed.activities[0].result == "Участвуют школы: 2025 – 10, 2026 – 12"
    assert titles(parsed) == ["Смотр школьных музеев", "Поход по родному краю"]


def test_a_paragraph_between_rows_that_belongs_nowhere_is_complained_of():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель
1.|Смотр школьных музеев|октябрь|УО

и вот ещё что.

2.|Поход по родному краю|июнь|Школы
    """)
    assert codes(parsed) == ["prose_lost"]
    assert parsed.complaints[0].words == "и вот ещё что."


def test_cells_merged_downwards_hold_for_every_row_and_it_is_said():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Смотр музеев | октябрь | Управление образования |
        | 2 | Поход | ^ | ^ |
    """)
    lower = parsed.activities[1]
    assert (lower.deadline, lower.executors) == ("октябрь", ("Управление образования",))
    assert len(lower.doubts) == 2
    assert lower.confidence >= 0.9


def test_an_empty_cell_that_is_not_merged_stays_empty():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Смотр музеев | октябрь | УО |
        | 2 | Поход | | РМК |
    """)
    assert parsed.activities[1].deadline is None
    assert codes(parsed) == ["deadline_empty"]


def test_a_title_merged_downwards_is_one_activity_with_several_deadlines():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Смотр музеев | октябрь | УО |
        | ^ | ^ | март | Школы |
    """)
    assert (the_only(parsed).deadline, the_only(parsed).executors) == ("октябрь; март", ("УО", "Школы"))


def test_where_a_text_fills_a_column_now_and_then_the_rows_below_take_it_with_a_doubt():
    rows = "\n".join(f"{n}|Встреча с выпускниками {n}-й школы|{'май' if n in (1, 5) else ''}|РМК" for n in range(1, 9))
    parsed = read_text(f"План мероприятий\n№|Мероприятие|Срок|Исполнитель\n{rows}")
    assert {activity.deadline for activity in parsed.activities} == {"май"}
    assert [activity.confidence >= 0.9 for activity in parsed.activities] == [n in (1, 5) for n in range(1, 9)]


def test_numbers_are_read_in_every_dress():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1. | Смотр музеев | май | УО |
        | | 2. Поход в горы | май | УО |
        | 3 Турнир чтецов | | май | УО |
        | № 4) | Ярмарка | май | УО |
    """)
    assert [activity.number for activity in parsed.activities] == ["1", "2", "3", "4"]
    assert titles(parsed) == ["Смотр музеев", "Поход в горы", "Турнир чтецов", "Ярмарка"]


def test_missing_skipped_and_repeated_numbers_are_complained_of_with_their_lines():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Смотр музеев | май | УО |
        | | Поход в горы | май | УО |
        | 4 | Турнир чтецов | май | УО |
        | 4 | Ярмарка ремёсел | май | УО |
    """)
    assert [(one.code, one.line) for one in parsed.complaints] == [
        ("number_missing", 4),
        ("number_skipped", 5),
        ("number_repeated", 6),
    ]
    assert "пропущены 2–3" in parsed.complaints[1].message


def test_a_column_of_numbers_that_is_empty_throughout_is_no_reason_to_complain():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | | Смотр музеев | май | УО |
        | | Поход в горы | июнь | УО |
    """)
    assert titles(parsed) == ["Смотр музеев", "Поход в горы"]
    assert parsed.complaints == ()


def test_remnants_of_html_are_ends_of_lines_and_signs():
    asked = '<p>Опросить:</p><ul style="a"><li>- отцов;</li><li>- матерей</li></ul>'
    parsed = read(f"""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель | Результат |
        | 1 | {asked} | май<br> | УО<br/>РМК | &laquo;Итоги&raquo;&nbsp;года |
    """)
    assert core(the_only(parsed))[2:6] == ("Опросить: - отцов; - матерей", "май", ("УО", "РМК"), "«Итоги» года")


def test_each_paragraph_of_a_cell_that_names_somebody_is_an_executor():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Смотр музеев | май | директор школы\\nзаместитель директора\\nпо воспитательной работе |
    """)
    assert the_only(parsed).executors == ("директор школы", "заместитель директора по воспитательной работе")


def test_what_an_anonymiser_left_is_no_tag():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Смотр музеев | май | <person> |
    """)
    assert the_only(parsed).executors == ("<person>",)


def test_words_parted_at_the_end_of_a_line_are_put_together_as_the_document_writes_them():
    parsed = read("""
        Смотр-конкурс и просветительская работа: что это такое
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Смотр-\\nконкурс и просвети-\\nтельская работа учебно-\\nопытных участков | май | УО |
    """)
    assert titles(parsed) == ["Смотр-конкурс и просветительская работа учебно-опытных участков"]
