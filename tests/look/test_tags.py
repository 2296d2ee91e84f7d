"""Components as they are rendered, with no database and no session."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Column, Row, Table, Text
from msoko.web.look import samples
from msoko.web.look.cells import BADGES, badge

NBSP = "\u00a0"


def rendered(source: str, address: str = "/page/", **context: object) -> str:
    request = RequestFactory().get(address)
    return Template("{% load look %}" + source).render(Context({"request": request, **context}))


def words(html: str) -> str:
    """What a reader sees: no tags, single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip().replace(NBSP, " ")


def one_row(cell: object, column: Column, tone: str = "") -> Table:
    columns = (Column("name", "Название"), column)
    return Table("Таблица", columns, [Row({"name": "строка", column.key: cell}, tone)])  # type: ignore[dict-item,arg-type]


def test_a_share_shows_its_n_and_its_interval():
    assert words(rendered("{% share 19 56 %}")) == "34 % (19 из 56; 23–47 %)"


def test_a_share_of_few_says_so_in_words():
    assert words(rendered("{% share 2 4 minimum=5 %}")).endswith("мало участников")
    assert "мало" not in rendered("{% share 5 5 minimum=5 %}")


def test_four_states_never_melt():
    context = {"missing": Unknown.MISSING, "no": Unknown.NOT_APPLICABLE, "hidden": Unknown.SUPPRESSED}
    shown = {words(rendered(f"{{% number {name} %}}", **context)) for name in ("0", *context)}
    assert len(shown) == 4
    assert "0" in shown
    assert any(text.startswith("•") for text in shown)


def test_a_hidden_number_is_told_to_those_who_hear_the_page():
    assert Unknown.SUPPRESSED.meaning in words(rendered("{% number x %}", x=Unknown.SUPPRESSED))


def test_a_none_is_an_error_and_not_an_empty_place():
    with pytest.raises((TypeError, ValueError)):
        rendered("{% number x %}", x=None)


@pytest.mark.parametrize("kind", [kind for kind in BADGES if kind != "plain"])
def test_every_badge_says_its_meaning_in_words(kind):
    assert words(badge(kind)) == BADGES[kind][0]


def test_levels_of_complaints_are_badges_as_they_are():
    assert [words(badge(level)) for level in ("PASS", "WARNING", "FAIL")] == ["Годен", "Замечания", "Отказ"]


def test_an_unknown_badge_is_found_by_the_first_look():
    with pytest.raises(KeyError):
        badge("reliable")


def test_names_from_files_cannot_bring_html_along():
    table = one_row(Text("<b>x</b>", href='/?a="b"'), Column("cell", "<i>Столбец</i>", kind="link"))
    html = rendered("{% data_table table %}", table=table)
    assert "<b>x" not in html
    assert "<i>Столбец" not in html
    assert 'a="b"' not in html


def test_a_heading_sorts_and_keeps_the_rest_of_the_address():
    table = one_row(5, Column("n", "Число", kind="count"))
    html = rendered("{% data_table table %}", "/page/?year=2021&page=2", table=table)
    assert "/page/?year=2021&amp;sort=-n" in html
    assert "aria-sort" not in html


def test_a_second_press_turns_the_order_round():
    table = one_row(5, Column("n", "Число", kind="count"))
    html = rendered("{% data_table table name='a' %}", "/page/?a-sort=-n", table=table)
    assert 'aria-sort="descending"' in html
    assert "/page/?a-sort=n" in html


def test_a_table_is_a_named_region_that_the_keyboard_reaches():
    html = rendered("{% data_table table %}", table=samples.schools())
    assert 'role="region" tabindex="0" aria-label="Таблица: Школы района"' in html
    assert "<caption" in html


def test_the_rows_name_is_its_heading():
    assert '<th scope="row" class="words">строка</th>' in rendered(
        "{% data_table table %}", table=one_row(1, Column("n", "Число", kind="count"))
    )


def test_tones_of_rows_reach_the_page():
    html = rendered("{% data_table table %}", table=one_row(1, Column("n", "Число", kind="count"), "total"))
    assert '<tr class="total">' in html


def test_exports_carry_the_order_and_the_filter():
    html = rendered("{% data_table table export='/e/' %}", "/page/?q=1&sort=n", table=samples.schools())
    assert "/e/?q=1&amp;sort=n&amp;format=xlsx" in html
    assert "/e/?q=1&amp;sort=n&amp;format=csv" in html


def test_nothing_is_exported_where_nothing_answers():
    assert "format=" not in rendered("{% data_table table %}", table=samples.schools())


def test_a_long_table_is_cut_into_pages_and_can_be_whole():
    html = rendered("{% data_table table %}", table=samples.many_rows())
    assert html.count("<tr") == 101
    assert "page=all" in html
    assert rendered("{% data_table table %}", "/page/?page=all", table=samples.many_rows()).count("<tr") == 131


def test_an_empty_table_says_so():
    assert "Строк нет" in rendered("{% data_table table %}", table=Table("Пусто", (Column("a", "А"),), []))


def test_a_link_beside_the_list_is_still_a_link():
    html = rendered("{% data_table table panel=True %}", table=samples.schools())
    assert re.search(r'<a href="\?school" data-panel>', html)


def test_a_picture_comes_with_its_sentence_and_its_numbers():
    chart = samples.histogram()
    html = rendered("{% chart chart export='/picture/' %}", chart=chart)
    assert "<svg" in html
    assert f"<figcaption>{chart.alt}</figcaption>" in html
    assert html.count("<tr>") == len(chart.data_table.lines) + 1
    assert "format=png" in html
    assert "format=svg" in html


def test_no_component_has_scripts_or_styles_inside():
    context = samples.everything(QueryDict())
    source = "{% data_table table %}{% chart histogram %}{% filters filter %}{% fields form %}{% progress 1 2 'а' %}"
    html = rendered(source, **context)
    assert not re.search(r'<script|<style|\sstyle="|\son\w+="|javascript:', html)


def test_progress_says_its_count_in_words_too():
    html = rendered("{% progress 7 16 'Читаются файлы' %}")
    assert 'max="16" value="7"' in html
    assert "7 из 16" in words(html)
    assert "hx-get" not in html


def test_progress_asks_again_only_while_there_is_something_to_ask():
    assert 'hx-get="/p/"' in rendered("{% progress 7 16 'Читаются файлы' poll='/p/' %}")


def test_one_step_is_the_present_one():
    html = rendered("{% steps 'Загрузка, Проверка, Принятие' 2 %}")
    assert html.count('aria-current="step"') == 1
    assert html.count("сделано") == 1


def test_tabs_are_links_and_one_is_open():
    items = [{"title": "Школы", "url": "?tab=1", "key": "schools", "count": 0}, {"title": "Баллы", "url": "?tab=2"}]
    html = rendered("{% tabs items 'schools' %}", items=items)
    assert html.count("<a ") == 2
    assert html.count("aria-current") == 1
    assert words(html).startswith("Школы 0")


def test_no_tab_is_open_where_none_is_named():
    assert "aria-current" not in rendered("{% tabs items %}", items=[{"title": "Школы", "url": ""}])


def test_a_field_is_tied_to_its_error_and_its_help():
    html = rendered("{% field form.email %}", form=samples.form_with_errors())
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    assert all(f'id="{name}"' in html for name in described[1].split())
    assert 'aria-invalid="true"' in html


def test_a_field_that_may_stay_empty_says_so_but_not_in_a_filter():
    class Small(forms.Form):
        q = forms.CharField(label="Название", required=False)

    assert "необязательно" in rendered("{% field form.q %}", form=Small())
    assert "необязательно" not in rendered("{% filters form %}", form=Small())


def test_a_filter_keeps_the_order_of_the_table_and_forgets_the_page():
    html = rendered("{% filters form %}", "/page/?sort=n&q=а&page=3", form=samples.Filter(QueryDict("q=а")))
    assert 'name="sort" value="n"' in html
    assert 'name="page"' not in html
    assert html.count('name="q"') == 1
    assert "Сбросить" in html


def test_a_long_filter_is_folded_until_something_is_set():
    assert '<details class="filters-fold">' in rendered("{% filters form %}", form=samples.Filter())
    html = rendered("{% filters form %}", "/page/?kind=средняя", form=samples.Filter(QueryDict("kind=средняя")))
    assert '<details class="filters-fold" open>' in html


def test_a_short_filter_stands_open():
    class Small(forms.Form):
        q = forms.CharField(label="Название", required=False)

    assert "<details" not in rendered("{% filters form %}", form=Small())


def test_an_empty_filter_has_nothing_to_reset():
    assert "Сбросить" not in rendered("{% filters form %}", form=samples.Filter())


def test_an_empty_place_offers_one_next_step():
    html = rendered("{% empty_state 'Здесь будут протоколы' 'Пока ничего нет.' '/up/' 'Загрузить' %}")
    assert html.count("<a ") == 1
    assert "<a " not in rendered("{% empty_state 'Здесь' 'Пусто.' %}")


def test_an_error_says_what_is_safe_and_what_to_do():
    shown = words(rendered("{% error_box 'Не читается.' 'Прежнее цело.' 'Загрузите снова.' %}"))
    assert shown == "Не читается. Что цело Прежнее цело. Что делать Загрузите снова."


def test_one_page_needs_no_pages():
    assert "<a" not in rendered("{% pages p 1 %}", p=Paginator([1, 2], 10))
    assert rendered("{% pages p 1 %}", p=Paginator(range(30), 10)).count("<a ") == 2


def test_address_of_the_same_page_with_another_year():
    assert rendered("{% url_with year=2022 page=None %}", "/page/?year=2021&page=2") == "/page/?year=2022"


def test_a_share_of_nobody_is_not_zero():
    assert words(rendered("{% share x %}", x=Share(0, 0))).startswith("—")


def test_every_icon_that_a_template_names_is_in_the_sprite(look_folder):
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (look_folder / "static/look/icons.svg").read_text()))
    sources = [*look_folder.rglob("*.html"), *look_folder.rglob("*.py")]
    named = {name for source in sources for name in re.findall(r'\bicon "([\w-]+)"', source.read_text())}
    assert named - drawn == set()
    assert {drawing for _, drawing in BADGES.values() if drawing} <= drawn
