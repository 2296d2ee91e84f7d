"""DOCX → lines: what a reader of the document sees, in its order, with the grid of its tables."""

import pytest

from msoko.core.roadmap.reading.docx import lines_of_docx
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.unreadable import UnreadableDocument
from tests.core.roadmap.reading.documents import Heading, Table, docx_of, docx_of_xml, p, tbl, tc, tr

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def read(body: str, **parts: str) -> list[Line]:
    return list(lines_of_docx(docx_of_xml(body, **parts)))


def texts(body: str, **parts: str) -> list[tuple[str, ...]]:
    return [line.cells for line in read(body, **parts)]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_paragraphs_and_rows_stand_in_the_order_of_the_body_and_are_numbered_from_one():
    lines = read(p("До") + tbl(tr("А", "Б"), widths=(900, 900)) + p() + p("После"))
    assert [(line.number, line.cells, line.table) for line in lines] == [
        (1, ("До",), None),
        (2, ("А", "Б"), 1),
        (3, ("После",), None),
    ]


def test_a_document_of_python_docx_is_read_with_its_headings_and_merged_rows():
    table = Table(
        [["№", "Мероприятие", "Срок"], ["Раздел о школах"], ["1", "Собрать отчёты", "май 2031"]], repeats_header=True
    )
    lines = lines_of_docx(docx_of(Heading("Карта", 2), "Текст", table))
    assert [(line.cells, line.heading, line.columns, line.repeats_header) for line in lines] == [
        (("Карта",), 2, (), False),
        (("Текст",), 0, (), False),
        (("№", "Мероприятие", "Срок"), 0, (0, 1, 2), True),
        (("Раздел о школах",), 0, (0,), False),
        (("1", "Собрать отчёты", "май 2031"), 0, (0, 1, 2), False),
    ]


class TestText:
    def test_line_breaks_stay_and_tabs_and_runs_of_blanks_are_one_blank(self):
        runs = "<w:r><w:br/><w:t>вторая</w:t><w:tab/><w:t>часть</w:t></w:r>"
        assert texts(p("Первая   строка\u00a0", runs=runs)) == [("Первая строка\nвторая часть",)]

    def test_inserted_text_is_kept_and_deleted_text_dropped(self):
        runs = (
            f"<w:ins w:id='1' w:author='А'>{run('до мая')}</w:ins>"
            "<w:del w:id='2' w:author='А'><w:r><w:delText>до июня</w:delText></w:r></w:del>"
        )
        assert texts(p("Срок: ", runs=runs)) == [("Срок: до мая",)]

    def test_moved_text_stands_only_where_it_was_moved_to(self):
        gone = p(runs=f"<w:moveFrom w:id='1' w:author='А'>{run('Совещание')}</w:moveFrom>")
        here = p(runs=f"<w:moveTo w:id='2' w:author='А'>{run('Совещание')}</w:moveTo>")
        assert texts(gone + p("между") + here) == [("между",), ("Совещание",)]

    def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next_one(self):
        first = p("Провести ", properties="<w:rPr><w:del w:id='1' w:author='А'/></w:rPr>")
        assert texts(first + p("совещание")) == [("Провести совещание",)]

    def test_rows_that_a_tracked_change_deleted_are_gone_and_inserted_ones_stay(self):
        deleted = tr("1", "старое", properties="<w:del w:id='1' w:author='А'/>")
        inserted = tr("1", "новое", properties="<w:ins w:id='2' w:author='А'/>")
        assert texts(tbl(deleted, inserted, widths=(500, 900))) == [("1", "новое")]

    @pytest.mark.parametrize("switched_off", ["0", "false"])
    def test_hidden_text_is_dropped_unless_hiding_is_switched_off(self, switched_off: str):
        hidden, shown = run("тайна", "<w:vanish/>"), run("явь", f"<w:vanish w:val='{switched_off}'/>")
        assert texts(p(runs=hidden + shown)) == [("явь",)]

    def test_text_hidden_by_a_style_is_dropped(self):
        styles = "<w:style w:type='character' w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style>"
        assert texts(p("а", runs=run("б", "<w:rStyle w:val='H'/>")), styles=styles) == [("а",)]

    def test_signs_of_their_own_elements_are_read(self):
        runs = (
            "<w:r><w:t>план</w:t><w:noBreakHyphen/><w:t>график ра</w:t><w:softHyphen/><w:t>бот </w:t>"
            "<w:sym w:font='Symbol' w:char='F0B7'/><w:sym w:font='Arial' w:char='2116'/></w:r>"
        )
        assert texts(p(runs=runs)) == [("план-график работ •№",)]

    def test_letters_of_two_signs_become_one(self):
        assert texts(p("и\u0306од")) == [("\u0439од",)]

    def test_fields_show_their_results_and_not_their_instructions(self):
        complex_field = (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('1 мая')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )
        simple = f"<w:fldSimple w:instr='AUTHOR'>{run(' РМК')}</w:fldSimple>"
        assert texts(p(runs=complex_field + simple)) == [("1 мая РМК",)]

    def test_links_smart_tags_and_formulas_are_text(self):
        runs = (
            f"<w:hyperlink>{run('сайт')}</w:hyperlink><w:smartTag>{run(' школы ')}</w:smartTag>"
            "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>n=5</m:t></m:r></m:oMath>"
        )
        assert texts(p(runs=runs)) == [("сайт школы n=5",)]

    def test_notes_and_comments_leave_nothing(self):
        runs = "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='1'/></w:r>"
        assert texts(p("Текст", runs=runs)) == [("Текст",)]


class TestContentControls:
    def test_their_text_is_read_at_every_level(self):
        def sdt(inside: str) -> str:
            return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

        row = f"<w:tr>{sdt(tc('1'))}{tc(sdt(p('Собрать')))}{tc(p(runs=sdt(run('май'))))}</w:tr>"
        table = f"<w:tbl><w:tblGrid/>{sdt(row)}</w:tbl>"
        assert texts(sdt(p("Заголовок")) + sdt(table)) == [("Заголовок",), ("1", "Собрать", "май")]

    def test_one_that_still_shows_what_to_enter_is_empty(self):
        shown = f"<w:sdtContent>{run('Место для ввода текста')}</w:sdtContent>"
        empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{shown}</w:sdt>"
        assert texts(tbl(tr("1", tc(p(runs=empty)), "май"))) == [("1", "", "май")]


class TestTextBoxes:
    BOX = "<w:txbxContent><w:p><w:r><w:t>УТВЕРЖДЕНО</w:t></w:r></w:p></w:txbxContent>"

    def test_their_paragraphs_follow_the_one_they_are_anchored_in_and_are_read_once(self):
        both = (
            f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{self.BOX}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{self.BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        assert texts(p("Программа", runs=both) + p("дальше")) == [("Программа",), ("УТВЕРЖДЕНО",), ("дальше",)]

    def test_one_in_a_cell_is_text_of_the_cell(self):
        cell = tc(p("Провести", runs=f"<w:r><w:pict>{self.BOX}</w:pict></w:r>"))
        assert texts(tbl(tr("1", cell, "май"))) == [("1", "Провести\nУТВЕРЖДЕНО", "май")]


def lvl(level: int, pattern: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    said = f"<w:start w:val='{start}'/><w:numFmt w:val='{form}'/>{more}<w:lvlText w:val='{pattern}'/>"
    return f"<w:lvl w:ilvl='{level}'>{said}</w:lvl>"


def numbering(*levels: str, more: str = "") -> str:
    kind = f"<w:abstractNum w:abstractNumId='7'>{''.join(levels)}</w:abstractNum>"
    return f"{kind}<w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>{more}"


def item(text: str = "", level: int = 0, num: int = 1) -> str:
    return p(text, properties=f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{num}'/></w:numPr>")


class TestNumbering:
    def test_a_column_of_automatic_numbers_is_numbered_down_the_table(self):
        rows = [tr(tc(item()), what) for what in ("Собрать", "Проверить", "Обсудить")]
        said = texts(tbl(*rows, widths=(500, 3000)), numbering=numbering(lvl(0, "%1.")))
        assert said == [("1.", "Собрать"), ("2.", "Проверить"), ("3.", "Обсудить")]

    def test_levels_count_within_the_one_above_and_begin_anew_after_it(self):
        body = item("а") + item("б", 1) + item("в", 1) + item("г") + item("д", 1)
        said = texts(body, numbering=numbering(lvl(0, "%1."), lvl(1, "%1.%2.")))
        assert [one for (one,) in said] == ["1. а", "1.1. б", "1.2. в", "2. г", "2.1. д"]

    def test_a_level_told_never_to_restart_counts_on(self):
        body = item("а") + item("б", 1) + item("в") + item("г", 1)
        levels = (lvl(0, "%1."), lvl(1, "%2)", more="<w:lvlRestart w:val='0'/>"))
        assert [one for (one,) in texts(body, numbering=numbering(*levels))] == ["1. а", "1) б", "2. в", "2) г"]

    def test_two_lists_of_one_kind_count_on_unless_one_starts_anew(self):
        anew = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"
        more = "".join(
            f"<w:num w:numId='{number}'><w:abstractNumId w:val='7'/>{start}</w:num>"
            for number, start in ((2, ""), (3, anew))
        )
        body = item("а") + item("б", num=2) + item("в", num=3) + item("г", num=3)
        said = texts(body, numbering=numbering(lvl(0, "%1)"), more=more))
        assert [one for (one,) in said] == ["1) а", "2) б", "1) в", "2) г"]

    @pytest.mark.parametrize(
        ("form", "shown"),
        [
            ("decimalZero", ["01", "02", "03", "04"]),
            ("lowerLetter", ["a", "b", "c", "d"]),
            ("lowerRoman", ["i", "ii", "iii", "iv"]),
            ("none", ["", "", "", ""]),
            ("russianLower", ["а", "б", "в", "г"]),
            ("russianUpper", ["А", "Б", "В", "Г"]),
            ("upperLetter", ["A", "B", "C", "D"]),
            ("upperRoman", ["I", "II", "III", "IV"]),
        ],
    )
    def test_numbers_are_shown_in_the_form_of_the_list(self, form: str, shown: list[str]):
        said = texts(item("х") * 4, numbering=numbering(lvl(0, "%1)", form)))
        assert [one for (one,) in said] == [f"{sign}) х" for sign in shown]

    def test_a_list_by_style_is_numbered(self):
        styles = (
            "<w:style w:type='paragraph' w:styleId='B'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
            "<w:style w:type='paragraph' w:styleId='C'><w:basedOn w:val='B'/></w:style>"
        )
        body = p("а", properties="<w:pStyle w:val='C'/>") + p("б", properties="<w:pStyle w:val='B'/>")
        said = texts(body, numbering=numbering(lvl(0, "%1.")), styles=styles)
        assert said == [("1. а",), ("2. б",)]

    def test_a_paragraph_taken_out_of_the_list_has_no_number(self):
        body = item("а") + p("б", properties="<w:numPr><w:numId w:val='0'/></w:numPr>") + item("в")
        assert texts(body, numbering=numbering(lvl(0, "%1."))) == [("1. а",), ("б",), ("2. в",)]

    def test_bullets_mark_the_items_of_a_list_but_not_a_single_one(self):
        marks = numbering(lvl(0, "\uf0b7", "bullet"))
        assert texts(tbl(tr("1", tc(item("УО") + item("РМК")))), numbering=marks) == [("1", "- УО\n- РМК")]
        assert texts(tbl(tr("1", tc(item("УО")))), numbering=marks) == [("1", "УО")]

    def test_empty_paragraphs_of_a_list_in_prose_are_no_lines(self):
        assert texts(item() + item("б"), numbering=numbering(lvl(0, "%1."))) == [("2. б",)]

    def test_a_number_far_beyond_reason_is_shown_in_digits(self):
        levels = numbering(lvl(0, "%1", "upperRoman", start=900_000_000))
        assert texts(item("х"), numbering=levels) == [("900000000 х",)]


class TestHeadings:
    STYLES = (
        "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='Own'><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Sub'><w:basedOn w:val='Own'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='T'><w:name w:val='Title'/></w:style>"
    )

    @pytest.mark.parametrize(
        ("properties", "level"),
        [
            ("", 0),
            ("<w:outlineLvl w:val='9'/>", 0),
            ("<w:outlineLvl w:val='1'/>", 2),
            ("<w:pStyle w:val='1'/>", 1),
            ("<w:pStyle w:val='1'/><w:outlineLvl w:val='9'/>", 0),
            ("<w:pStyle w:val='Own'/>", 3),
            ("<w:pStyle w:val='Sub'/>", 3),
            ("<w:pStyle w:val='T'/>", 1),
            ("<w:pStyle w:val='нет такого'/>", 0),
        ],
    )
    def test_the_level_is_the_paragraphs_own_else_its_styles(self, properties: str, level: int):
        (line,) = read(p("Раздел", properties=properties), styles=self.STYLES)
        assert line.heading == level

    def test_styles_based_on_each_other_in_a_circle_end(self):
        styles = (
            "<w:style w:type='paragraph' w:styleId='a'><w:basedOn w:val='b'/></w:style>"
            "<w:style w:type='paragraph' w:styleId='b'><w:basedOn w:val='a'/></w:style>"
        )
        assert texts(p("Текст", properties="<w:pStyle w:val='a'/>"), styles=styles) == [("Текст",)]


class TestTables:
    WIDTHS = (600, 3000, 1500, 2000)

    def test_cells_merged_across_begin_at_their_columns(self):
        header = tr("№", "Мероприятие", "Срок", "Исполнитель")
        section = tr(tc("Раздел 1", "<w:gridSpan w:val='4'/>"))
        row = tr("1", tc("Собрать и проверить", "<w:gridSpan w:val='2'/>"), "УО")
        lines = read(tbl(header, section, row, widths=self.WIDTHS))
        assert [line.columns for line in lines] == [(0, 1, 2, 3), (0,), (0, 1, 3)]

    def test_cells_merged_across_in_the_old_way_are_absent(self):
        row = tr("1", tc("Собрать", "<w:hMerge w:val='restart'/>"), tc("", "<w:hMerge/>"), "УО")
        lines = read(tbl(row, tr("2", "Проверить", "май", "РМК"), widths=self.WIDTHS))
        assert (lines[0].cells, lines[0].columns) == (("1", "Собрать", "УО"), (0, 1, 3))

    def test_a_cell_merged_downwards_is_empty_below_and_said_to_be_merged(self):
        first = tr("1", "Собрать", tc("май", "<w:vMerge w:val='restart'/>"), "УО")
        second = tr("2", "Проверить", tc("старое", "<w:vMerge/>"), "РМК")
        lines = read(tbl(first, second, widths=self.WIDTHS))
        assert [(line.cells, line.merged_above) for line in lines] == [
            (("1", "Собрать", "май", "УО"), ()),
            (("2", "Проверить", "", "РМК"), (2,)),
        ]

    def test_a_cell_that_continues_nothing_keeps_its_text(self):
        row = tr("1", "Собрать", tc("май", "<w:vMerge/>"), "УО")
        (line,) = read(tbl(row, widths=self.WIDTHS))
        assert (line.cells[2], line.merged_above) == ("май", ())

    def test_rows_that_begin_later_begin_at_their_column(self):
        row = tr("Проверить", "май", "РМК", properties="<w:gridBefore w:val='1'/>")
        lines = read(tbl(tr("1", "Собрать", "май", "УО"), row, widths=self.WIDTHS))
        assert lines[1].columns == (1, 2, 3)

    def test_edges_dragged_a_little_apart_are_one_column(self):
        widths = (600, 2950, 50, 1500, 60, 2000)
        wide, narrow = "<w:gridSpan w:val='2'/>", ""
        first = tr("1", tc("Собрать", wide), tc("май", wide), tc("УО", narrow))
        second = tr("2", tc("Проверить", narrow), tc("июнь", wide), tc("РМК", wide))
        lines = read(tbl(first, second, widths=widths))
        assert [line.columns for line in lines] == [(0, 1, 2, 3), (0, 1, 2, 3)]

    def test_a_narrow_column_with_cells_of_its_own_stays_a_column(self):
        lines = read(tbl(tr("1", "а", "Собрать"), tr("2", "б", "Проверить"), widths=(100, 100, 3000)))
        assert [line.columns for line in lines] == [(0, 1, 2), (0, 1, 2)]

    def test_a_table_without_a_grid_has_columns_all_the_same(self):
        lines = read(tbl(tr("1", "Собрать"), tr("2", "Проверить", "май")))
        assert [line.columns for line in lines] == [(0, 1), (0, 1, 2)]

    def test_empty_and_hidden_rows_are_no_lines(self):
        rows = (tr("", ""), tr("1", "Собрать"), tr("х", "у", properties="<w:hidden/>"))
        assert texts(tbl(*rows, widths=(500, 3000))) == [("1", "Собрать")]

    def test_a_table_inside_a_cell_is_text_of_the_cell(self):
        inner = tbl(tr("школа", "доля"), tr("№ 1", "90 %"))
        cell = tc(p("Доля вырастет:") + inner + p())
        assert texts(tbl(tr("1", "Собрать", cell))) == [("1", "Собрать", "Доля вырастет:\nшкола доля\n№ 1 90 %")]

    def test_tables_held_by_a_table_of_layout_are_tables_of_their_own(self):
        inner = tbl(tr("№", "Мероприятие"), tr("1", "Собрать"), widths=(500, 3000))
        lines = read(tbl(tr(tc(p("План") + inner + p())), widths=(9000,)))
        assert [(line.cells, line.table) for line in lines] == [
            (("План",), None),
            (("№", "Мероприятие"), 1),
            (("1", "Собрать"), 1),
        ]


class TestTablesInPieces:
    WIDTHS = (600, 3000, 1500)
    HEADER = ("№", "Мероприятие", "Срок")

    def pieces(self, between: str, widths: tuple[int, ...] = (620, 2990, 1510)) -> list[Line]:
        first = tbl(tr(*self.HEADER), tr("1", "Собрать", "май"), widths=self.WIDTHS)
        return read(first + between + tbl(tr(*self.HEADER), tr("2", "Проверить", "июнь"), widths=widths))

    @pytest.mark.parametrize("between", [p(), p("12"), p("- 3 -"), p(runs="<w:r><w:br w:type='page'/></w:r>")])
    def test_with_nothing_between_but_a_page_they_are_one_table(self, between: str):
        lines = self.pieces(between)
        assert [line.table for line in lines] == [1, 1, 1, 1]
        assert [line.columns for line in lines] == [(0, 1, 2)] * 4
        assert [line.repeats_header for line in lines] == [True, False, True, False]

    def test_with_words_between_they_are_two_tables(self):
        lines = self.pieces(p("Дорожная карта 2"))
        assert [line.table for line in lines] == [1, 1, None, 2, 2]

    def test_a_column_that_a_converter_split_on_one_page_leaves_them_one_table(self):
        first = tbl(tr(*self.HEADER), tr("1", "Собрать", "май"), widths=self.WIDTHS)
        lines = read(first + p() + tbl(tr("2", "Проверить", "", "июнь"), widths=(600, 2000, 1000, 1500)))
        assert [(line.table, line.columns) for line in lines] == [(1, (0, 1, 3)), (1, (0, 1, 3)), (1, (0, 1, 2, 3))]

    def test_with_other_columns_they_are_two_tables(self):
        lines = self.pieces(p(), widths=(2000, 1000, 2000))
        assert [line.table for line in lines] == [1, 1, 2, 2]


class TestContainers:
    def test_the_strict_edition_is_read(self):
        content = docx_of_xml(p("Текст") + tbl(tr("1", "Собрать")), namespace=STRICT)
        assert [line.cells for line in lines_of_docx(content)] == [("Текст",), ("1", "Собрать")]

    def test_a_file_put_inside_is_refused_and_not_passed_over(self):
        with pytest.raises(UnreadableDocument, match="вложен другой файл"):
            read(p("До") + "<w:altChunk/>" + p("После"))

    def test_definitions_of_entities_are_refused_before_they_are_read(self):
        bomb = (
            '<!DOCTYPE d [<!ENTITY a "хаха"><!ENTITY b "&a;&a;&a;">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
        )
        content = docx_of_xml("", parts={"word/document.xml": bomb.encode()})
        with pytest.raises(UnreadableDocument, match="ради безопасности") as refusal:
            lines_of_docx(content)
        assert refusal.value.code == "unsafe"

    def test_tables_nested_beyond_reason_are_refused(self):
        nested = p("дно")
        for _ in range(1500):
            nested = tbl(tr(tc(nested)))
        with pytest.raises(UnreadableDocument, match="вложены"):
            read(nested)
