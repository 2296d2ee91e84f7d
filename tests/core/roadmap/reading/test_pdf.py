"""PDF → lines: tables by their ruling lines, prose between them, words and rows broken by lines and pages whole."""

import io
from contextlib import suppress

import pytest
from PIL import Image

from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.pdf import lines_and_complaints_of_pdf, lines_of_pdf
from msoko.core.roadmap.reading.unreadable import UnreadableDocument
from tests.core.roadmap.reading.documents import Block, Page, Table, content, pdf_of, typst_pdf

SENTENCE = "Школы района собирают отчёты о работе методических объединений и обсуждают их на совещании в мае."
HEADER = ["№", "Мероприятие", "Срок", "Исполнитель"]


def read(*blocks: Block, page: Page | None = None) -> list[Line]:
    return list(lines_of_pdf(pdf_of(*blocks, page=page)))


def texts(*blocks: Block, page: Page | None = None) -> list[tuple[str, ...]]:
    return [line.cells for line in read(*blocks, page=page)]


def source(body: str, page: str = "") -> list[Line]:
    """A page written in typst itself."""
    return list(
        lines_of_pdf(typst_pdf(f'#set text(font: "PT Sans", size: 10pt, lang: "ru")\n#set page({page})\n{body}'))
    )


def roadmap(rows: int) -> Table:
    body = [[f"{n}.", f"Мероприятие номер {n}. {SENTENCE}", "до 20 мая 2031 г.", "РМК"] for n in range(1, rows + 1)]
    return Table([HEADER, *body], widths=(1, 6, 3, 3), repeats_header=True)


class TestTables:
    TABLE = Table(
        [HEADER, ["Раздел 1. Работа со школами"], ["1.", "Собрать отчёты", "май", "РМК"], ["2.", "Обсудить", "", "УО"]],
        widths=(1, 4, 2, 3),
    )

    def test_rows_and_cells_are_those_between_the_lines(self):
        lines = read("Перед таблицей.", self.TABLE, "После таблицы.")
        assert [line.cells for line in lines] == [
            ("Перед таблицей.",),
            ("№", "Мероприятие", "Срок", "Исполнитель"),
            ("Раздел 1. Работа со школами",),
            ("1.", "Собрать отчёты", "май", "РМК"),
            ("2.", "Обсудить", "", "УО"),
            ("После таблицы.",),
        ]
        assert [line.table for line in lines] == [None, 1, 1, 1, 1, None]
        assert [line.columns for line in lines[1:5]] == [(0, 1, 2, 3), (0,), (0, 1, 2, 3), (0, 1, 2, 3)]

    OPEN_SIDES = "(x, y) => (left: if x > 0 { 0.5pt }, top: 0.5pt, bottom: 0.5pt)"
    OPEN_FOOT = "(x, y) => (left: 0.5pt, right: 0.5pt, top: 0.5pt)"

    @pytest.mark.parametrize("stroke", ["0.3pt", "2pt", OPEN_FOOT, OPEN_SIDES])
    def test_thin_and_thick_lines_and_open_sides_make_the_table(self, stroke: str):
        assert ("1.", "Собрать отчёты", "май", "РМК") in texts(self.TABLE, page=Page(stroke=stroke))

    def test_rules_between_rows_alone_make_the_table(self):
        lines = read("Перед таблицей.", self.TABLE, "После.", page=Page(stroke="(x: none, y: 0.5pt)"))
        assert [line.cells for line in lines[1:-1]] == [tuple(row) for row in self.TABLE.rows]
        assert [line.columns for line in lines[1:-1]] == [(0, 1, 2, 3), (0,), (0, 1, 2, 3), (0, 1, 2, 3)]

    @pytest.mark.parametrize(
        ("upright", "level"),
        [
            (
                "rect(width: 0.5pt, height: 3cm, fill: black, stroke: none)",
                "rect(width: 9cm, height: 0.5pt, fill: black, stroke: none)",
            ),
            (
                "polygon(fill: black, stroke: none, (0pt, 0pt), (1pt, 1pt), (1pt, 84pt), (0pt, 85pt))",
                "polygon(fill: black, stroke: none, (0pt, 0pt), (9cm, 0pt), (8.95cm, 1pt), (0.05cm, 1pt))",
            ),
        ],
        ids=["thin areas", "borders with slanted ends"],
    )
    def test_lines_drawn_as_areas_are_lines(self, upright: str, level: str):
        lines = [f"#place(top + left, dx: {x}cm, {upright})" for x in (0, 1, 6, 9)]
        lines += [f"#place(top + left, dy: {y}cm, {level})" for y in (0, 1, 2, 3)]
        words = [f"#place(top + left, dx: {x + 0.2}cm, dy: {y + 0.3}cm)[с{x}{y}]" for y in (0, 1, 2) for x in (0, 1, 6)]
        said = [line.cells for line in source("\n".join(lines + words))]
        assert said == [(f"с0{y}", f"с1{y}", f"с6{y}") for y in (0, 1, 2)]

    def test_a_long_cell_is_one_text(self):
        assert texts(Table([["1.", SENTENCE, "май"]], widths=(1, 3, 2)))[0] == ("1.", SENTENCE, "май")

    def test_breaks_made_by_the_writer_stay(self):
        cells = ["1.", "Собрать отчёты", "Управление образования\nРМК\nшколы района"]
        assert texts(Table([cells], widths=(1, 4, 4))) == [tuple(cells)]

    def test_a_cell_merged_downwards_is_empty_below(self):
        body = (
            "#table(columns: (1cm, 5cm, 3cm), [1.], [Собрать], table.cell(rowspan: 2, align: horizon)[май],"
            " [2.], [Обсудить], [3.], [Проверить], [июнь])"
        )
        lines = source(body)
        assert [(line.cells, line.merged_above) for line in lines] == [
            (("1.", "Собрать", "май"), ()),
            (("2.", "Обсудить", ""), (2,)),
            (("3.", "Проверить", "июнь"), ()),
        ]

    def test_a_header_written_upward_is_read(self):
        body = (
            "#table(columns: (1cm, 5cm, 1cm), [№], [Мероприятие], rotate(-90deg, reflow: true)[Срок сдачи],"
            " [1.], [Собрать], [май])"
        )
        assert [line.cells for line in source(body)] == [("№", "Мероприятие", "Срок сдачи"), ("1.", "Собрать", "май")]

    def test_colours_of_cells_and_of_words_make_no_cells(self):
        body = (
            "#table(columns: (1cm, 5cm, 3cm), fill: (x, y) => if y == 0 { aqua }, [№], [Мероприятие], [Срок],"
            " [1.], [Собрать #highlight[все] отчёты], [#underline[май]])"
        )
        assert [line.cells for line in source(body)] == [
            ("№", "Мероприятие", "Срок"),
            ("1.", "Собрать все отчёты", "май"),
        ]

    def test_a_frame_around_text_is_no_table(self):
        body = f"#rect(width: 100%)[{SENTENCE}]\n\n#table(columns: 2, [а], [б], [в], [г])"
        lines = source(body)
        assert [(line.cells, line.table) for line in lines] == [((SENTENCE,), None), (("а", "б"), 1), (("в", "г"), 1)]

    def test_a_page_in_a_frame_has_its_tables(self):
        frame = "#place(top + left, dx: -1cm, dy: -1cm, rect(width: 19cm, height: 26cm))"
        body = f"{frame}\n#table(columns: 2, [а], [б], [в], [г])"
        assert [line.cells for line in source(body, 'paper: "a4", margin: 2cm')] == [("а", "б"), ("в", "г")]


class TestPages:
    def test_a_table_that_goes_on_over_pages_is_one(self):
        lines = read("План.", roadmap(60), "Конец.")
        rows = [line for line in lines if line.table is not None]
        assert {line.table for line in rows} == {1}
        assert {line.columns for line in rows} == {(0, 1, 2, 3)}
        assert len({line.page for line in rows}) > 2
        assert [line.cells[0] for line in rows if not line.repeats_header] == [f"{n}." for n in range(1, 61)]
        assert all(line.cells == tuple(HEADER) for line in rows if line.repeats_header)
        assert sum(line.repeats_header for line in rows) == len({line.page for line in rows})

    def test_a_row_broken_by_a_page_is_two_lines_with_their_pages(self):
        long = Table([["1.", " ".join([SENTENCE] * 24), "май"]], widths=(1, 4, 2))
        lines = read("Начало.", long, page=Page(height=20))
        rows = [line for line in lines if line.table is not None]
        assert [line.page for line in rows] == [1, 2]
        assert {line.table for line in rows} == {1}
        assert " ".join(line.cells[1] for line in rows) == long.rows[0][1]
        assert (rows[1].cells[0], rows[1].cells[2]) == ("", "")

    def test_tables_of_other_columns_on_the_next_page_are_others(self):
        passport = Table([["Цель", SENTENCE], ["Сроки", "2031 год"]], widths=(1, 3))
        body = [pdf_of(passport), pdf_of(roadmap(2))]
        assert all(len({line.table for line in lines_of_pdf(one)}) == 1 for one in body)
        lines = source(_typst_of(passport) + "#pagebreak()\n" + _typst_of(roadmap(2)))
        assert [line.table for line in lines] == [1, 1, 2, 2, 2]

    def test_a_paragraph_that_goes_on_over_a_page_is_one(self):
        paragraph = " ".join([SENTENCE.rstrip(".").replace("Школы", "школы")] * 40) + "."
        assert texts(paragraph, page=Page(height=12)) == [(paragraph,)]

    @pytest.mark.parametrize("justify", [False, True])
    def test_paragraphs_are_whole(self, justify: bool):
        paragraphs = [f"{SENTENCE} {SENTENCE} {SENTENCE}", "Коротко.", f"{SENTENCE} {SENTENCE}"]
        assert texts(*paragraphs, page=Page(justify=justify)) == [(one,) for one in paragraphs]

    def test_numbers_of_pages_and_running_titles_are_dropped(self):
        page = Page(header="Программа района, редакция 2031 года", height=14)
        lines = read(*["Школы собирают отчёты."] * 40, page=page)
        assert [line.cells for line in lines] == [("Школы собирают отчёты.",)] * 40

    def test_a_title_of_several_lines_is_one_line_with_its_breaks(self):
        title = "#align(center)[ПРОГРАММА РАЙОНА \\ «Работа со школами» \\ на 2031–2033 годы]"
        body = f"{title}\n\n{SENTENCE}\n\n{SENTENCE} {SENTENCE}"
        assert source(body)[0].cells == ("ПРОГРАММА РАЙОНА\n«Работа со школами»\nна 2031–2033 годы",)

    def test_stamps_beside_each_other_are_read_one_after_the_other(self):
        body = "#grid(columns: (1fr, 1fr), [СОГЛАСОВАНО \\ советом района \\ 1 мая], [УТВЕРЖДЕНО \\ приказом \\ 2 мая])"
        said = "\n".join(line.cells[0] for line in source(f"{body}\n\n{SENTENCE} {SENTENCE}"))
        assert said.index("советом района") < said.index("УТВЕРЖДЕНО") < said.index("2 мая") < said.index("Школы")


def _typst_of(table: Table) -> str:
    cells = ", ".join(content(cell) for row in table.rows for cell in row)
    shares = ", ".join(f"{share}fr" for share in table.shares)
    return f"#table(columns: ({shares}), {cells})\n"


class TestTurnedPages:
    TABLE = Table([HEADER, ["1.", "Собрать отчёты", "май", "РМК"]], widths=(1, 4, 2, 3))

    def test_a_lying_page_is_read(self):
        assert texts(self.TABLE, page=Page(is_lying=True)) == [tuple(row) for row in self.TABLE.rows]

    @pytest.mark.parametrize("quarter", [1, 2, 3])
    def test_a_table_written_sideways_or_upside_down_is_read(self, quarter: int):
        body = f"#rotate({quarter * 90}deg, reflow: true, block(width: 15cm)[{SENTENCE}\n{_typst_of(self.TABLE)}])"
        said = [line.cells for line in source(body, "width: 20cm, height: 20cm, margin: 1cm")]
        assert said == [(SENTENCE,), *(tuple(row) for row in self.TABLE.rows)]


class TestHyphens:
    """A hyphen at the end of a line is dropped where it only broke the word, and kept where it is part of it."""

    WORDS = "мониторинг информационно-методических материалов"

    def in_cell(self, first: str, second: str, elsewhere: str = "") -> str:
        body = f"#table(columns: (4cm, 6cm), [{first} \\ {second}], [{elsewhere or 'слова'}], [а], [б])"
        return source(body)[0].cells[0]

    @pytest.mark.parametrize(
        ("first", "second", "whole"),
        [
            ("Проведение мероприя-", "тий в школах", "Проведение мероприятий в школах"),
            ("Нормативно-", "правовое обеспечение", "Нормативно-правовое обеспечение"),
            ("Учебно-", "методическая работа", "Учебно-методическая работа"),
            ("Составить план-", "график работы", "Составить план-график работы"),
            ("октябрь-", "декабрь", "октябрь-декабрь"),
            ("на 2031-", "2033 годы", "на 2031-2033 годы"),
            ("Рост ИКТ-", "компетентности", "Рост ИКТ-компетентности"),
            ("поездка в Санкт-", "Петербург", "поездка в Санкт-Петербург"),
            ("провести мастер-", "класс", "провести мастер-класс"),
        ],
    )
    def test_words_are_whole_again(self, first: str, second: str, whole: str):
        assert self.in_cell(first, second) == whole

    def test_the_document_itself_tells_how_a_word_is_written(self):
        assert self.in_cell("работа педагога-", "наставника", "список педагогов-наставников").endswith(
            "педагога-наставника"
        )
        assert self.in_cell("новая научно-", "исследовательница", "научноисследовательница").endswith(
            "научноисследовательница"
        )

    def test_a_word_cut_by_a_narrow_cell_is_whole_and_two_words_stay_two(self):
        body = (
            "#table(columns: (auto, auto, 6cm), inset: 2pt, [Исполни \\ тели], [Руководители \\ школ], [Работа],"
            " [школа], [учитель], [Команда района])"
        )
        assert source(body)[0].cells == ("Исполнители", "Руководители школ", "Работа")

    @pytest.mark.parametrize(
        ("left", "right", "whole"),
        [
            ("Водоснабжа", "ющие", "Водоснабжающие"),
            ("руководител", "и", "руководители"),
            ("12.10.203", "4", "12.10.2034"),
            ("«Знание", "»", "«Знание»"),
            ("Пришкольная", "площадка", "Пришкольная площадка"),
            ("проведение", "сборов", "проведение сборов"),
            ("эскизы", "и", "эскизы и"),
        ],
    )
    def test_a_word_no_other_cell_has_is_whole_where_its_half_fills_the_cell(self, left, right, whole):
        body = f"#table(columns: (auto, 6cm), inset: 2pt, [{left} \\ {right}], [Работа])"
        assert source(body)[0].cells == (whole, "Работа")

    def test_text_hyphenated_by_a_program_is_read_as_it_was_written(self):
        words = (
            "Информационно-методическое сопровождение общеобразовательных организаций, демонстрирующих "
            "неудовлетворительные образовательные результаты, осуществляется заинтересованными специалистами. "
            "Сопровождение организаций и результаты специалистов рассматриваются на совещаниях."
        )
        page = Page(hyphenate=True, justify=True)
        table = Table([["1.", words, words]], widths=(1, 2.4, 2.4))
        assert texts(words, table, page=page) == [(words,), ("1.", words, words)]


class TestLetters:
    def test_bold_made_by_printing_twice_is_read_once(self):
        body = "#place(top + left)[Собрать отчёты]\n#place(top + left, dx: 0.3pt)[Собрать отчёты]"
        assert [line.cells for line in source(body)] == [("Собрать отчёты",)]

    def test_words_outside_of_the_page_are_not_read(self):
        assert [line.cells for line in source("Видно.#place(top + left, dx: -9cm)[Не видно.]", "margin: 2cm")] == [
            ("Видно.",)
        ]

    def test_russian_written_down_as_western_european_is_russian(self):
        content_ = _bare_pdf("Ïëàí ðàáîòû øêîëû íà ãîä")
        assert [line.cells for line in lines_of_pdf(content_)] == [("План работы школы на год",)]


WESTERN = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
# A font of numbered signs that does not say which letters they are.
NUMBERED = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
    b"/Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
    b"/DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Own /Flags 4 /Ascent 800 /Descent -200 >> >>] >>"
)


def _bare_pdf(text: str, font: bytes = WESTERN) -> bytes:
    """One line of signs by their codes."""
    codes = text.encode("utf-16-be" if font == NUMBERED else "latin-1")
    stream = b"BT /F1 12 Tf 72 700 Td <" + codes.hex().encode() + b"> Tj ET"
    page = b"/MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R " + page + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font,
    ]
    whole = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(whole)
    return whole + b"xref\n0 6\n0000000000 65535 f \n" + table + end


class TestRefusals:
    def picture(self) -> bytes:
        scan = io.BytesIO()
        Image.new("L", (400, 600), 200).save(scan, "PDF")
        return scan.getvalue()

    def test_a_scan_is_refused_as_a_picture(self):
        with pytest.raises(UnreadableDocument, match="нет текста: это изображение") as refusal:
            lines_of_pdf(self.picture())
        assert refusal.value.code == "no_text"
        assert "DOCX" in refusal.value.advice

    def test_a_page_that_is_a_picture_among_others_is_complained_about(self):
        scan = io.BytesIO()
        Image.new("L", (40, 60), 200).save(scan, "PNG")
        picture = f"#image(bytes(({', '.join(map(str, scan.getvalue()))})))"
        body = f'#set text(font: "PT Sans")\n{SENTENCE}\n#pagebreak()\n{picture}'
        lines, complaints = lines_and_complaints_of_pdf(typst_pdf(body))
        assert [line.cells for line in lines] == [(SENTENCE,)]
        assert [(one.code, one.page) for one in complaints] == [("picture_of_page", 2)]

    def test_a_drawing_of_countless_lines_leaves_the_text_and_a_complaint(self):
        strokes = "#for i in range(1600) { place(top + left, line(start: (i * 0.3pt, 0pt), end: (i * 0.3pt, 9cm))) }"
        lines = "#for i in range(0, 40) { place(top + left, dy: i * 6pt, line(length: 9cm)) }"
        place = "bottom + left, dx: calc.rem(i, 15) * 1cm, dy: -calc.quo(i, 15) * 1cm"
        crowd = f"#for i in range(0, 150) {{ place({place}, rect(width: 6mm, height: 6mm)) }}"
        read_lines, complaints = lines_and_complaints_of_pdf(
            typst_pdf(f'#set text(font: "PT Sans")\n{SENTENCE}\n{strokes}{lines}{crowd}')
        )
        assert SENTENCE in [line.cells[0] for line in read_lines]
        assert [one.code for one in complaints] == ["drawing_on_page"]

    def test_letters_that_the_file_does_not_name_are_refused(self):
        with pytest.raises(UnreadableDocument, match="не указано, какие это буквы") as refusal:
            lines_of_pdf(_bare_pdf("План работы", NUMBERED))
        assert refusal.value.code == "no_letters"

    @pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
    def test_a_file_cut_short_is_refused_or_read(self, cut: float):
        whole = pdf_of(SENTENCE, roadmap(3))
        with suppress(UnreadableDocument):
            assert lines_of_pdf(whole[: int(len(whole) * cut)])

    def test_too_many_pages_are_refused(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("msoko.core.roadmap.reading.pdf.MOST_PAGES", 1)
        with pytest.raises(UnreadableDocument, match="В файле 3\u00a0страницы — больше") as refusal:
            read(*[SENTENCE] * 20, page=Page(height=10))
        assert refusal.value.code == "too_large"
