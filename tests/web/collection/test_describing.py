"""What is known of a work's items comes from all accepted files together, and goes with them."""

import pytest
from django.test import Client
from django.urls import reverse

from msoko.web.collection.description_words import NO_PROTOCOL
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.preview_page import PreviewPage
from msoko.web.collection.services import withdraw
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people.models import User
from msoko.web.people.sight import sight_of
from tests.core.collection import made_up
from tests.core.collection.made_up import pupil_2021
from tests.core.collection.readers.books import xlsx
from tests.web.collection.descriptions import COLUMNS, FRACTIONS, PERCENTS, SOLIDS, WORK, description, f1, outcomes
from tests.web.collection.orders import read_in, stale, taken, values
from tests.web.collection.protocols import LOGIN, OTHER, many, protocol

pytestmark = pytest.mark.django_db
FORM = "Описание.xlsx"


def told(key: str) -> list[str]:
    """What the items of the only procedure say of themselves."""
    return [item[key] for item in Procedure.objects.get().items]


def described(*items: tuple[object, ...]) -> Batch:
    return taken(description(*items), FORM)


def page_of(batch: Batch) -> PreviewPage:
    admin, _ = User.objects.get_or_create(email="admin@people.example", is_superuser=True)
    return PreviewPage(batch, sight_of(admin))


def test_a_form_describes_the_items_of_its_work_and_all_is_computed_anew() -> None:
    taken(protocol(many(LOGIN, 3)))
    values()
    described(FRACTIONS, PERCENTS)
    assert stale()
    assert told("level") == ["Б", "Б", ""]
    assert told("content_element") == ["1.1 Дроби", "Проценты", ""]
    assert told("planned_outcome") == ["Сравнивает дроби", "Находит процент числа", ""]
    assert values()
    assert not stale()


def test_a_form_waits_for_the_protocol_of_its_work() -> None:
    batch = described(FRACTIONS)
    assert page_of(batch).has_described() == [NO_PROTOCOL]
    assert page_of(batch).title.startswith("Описание: ВПР · математика")
    taken(protocol(many(LOGIN, 3)))
    assert told("level") == ["Б", "", ""]


def test_a_form_of_another_wave_says_which_waves_there_are() -> None:
    taken(protocol(many(LOGIN, 3)))
    (batch,) = read_in(description(PERCENTS, work=("ВПР", "математика", 5, 2022, "вторая волна")), FORM)
    assert page_of(batch).will_change()[-1] == "Есть такая работа без пометки: проверьте столбец «Пометка»."


def test_maxima_that_a_protocol_of_2021_lacks_come_from_the_form_though_it_numbers_otherwise() -> None:
    pupils = [pupil_2021([score, 1, 0]) for score in (0, 1, 2)]
    taken(made_up.xlsx(Sheet=made_up.file_2021(pupils, 3)), "Химия, 9 класс. ВПР 2021.xlsx")
    recompute_stale()
    assert not Value.objects.filter(score="items").exclude(mean_percent=None)
    rows = [("1К1", 2, "Б", "", "Вещества", ""), ("1К2", 1, "Б", "", "Вещества", ""), ("2", 1, "П", "", "Опыт", "")]
    taken(description(*rows, work=("ВПР", "химия", 9, 2021, "")), FORM)
    assert told("number") == ["1", "2", "3"]
    assert told("maximum") == [2, 1, 1]
    recompute_stale()
    (value,) = Value.objects.filter(score="items", whole=True, organisation__kind="school")
    assert value.mean_percent == pytest.approx(50)
    assert Procedure.objects.get().maximum == 4


def test_a_form_tells_of_no_other_work() -> None:
    taken(protocol(many(LOGIN, 3)))
    taken(description(FRACTIONS, work=("ВПР", "математика", 6, 2022, "")), FORM)
    taken(description(FRACTIONS, PERCENTS, work=("ВПР", "математика", 5, 2021, "")), FORM)
    taken(description(PERCENTS, work=("ВПР", "математика", 5, 2022, "вторая волна")), FORM)
    assert told("level") == ["", "", ""]


def test_withdrawing_takes_the_description_back() -> None:
    taken(protocol(many(LOGIN, 3)))
    batch = described(FRACTIONS)
    values()
    withdraw(batch, None, "не та работа")
    assert told("level") == ["", "", ""]
    assert Procedure.objects.get().description == []
    assert stale()


def test_of_two_forms_the_one_accepted_last_speaks_and_the_first_comes_back() -> None:
    taken(protocol(many(LOGIN, 3)))
    described(FRACTIONS, PERCENTS)
    (second,) = read_in(description(("1", 1, "П", "", "Сравнение", "")), "Поправка.xlsx")
    said = page_of(second).will_change()
    assert "Описание получит 1\u00a0задание из\u00a03." in said
    assert any(line.startswith("Сменится прежнее описание задания 1") for line in said)
    second = taken(description(("1", 1, "П", "", "Сравнение", "")), "Поправка.xlsx")
    assert told("content_element") == ["Сравнение", "Проценты", ""]
    withdraw(second, None, "ошибка")
    assert told("content_element") == ["1.1 Дроби", "Проценты", ""]


def test_levels_of_f1_come_whichever_file_is_first_and_stay_with_others() -> None:
    taken(protocol(many(LOGIN, 3)))
    batch = taken(f1(OTHER, ["Б", "П", "П"]), "Ф1.xlsx")
    assert told("level") == ["Б", "П", "П"]
    taken(protocol(many("sch990003", 2)))
    assert told("level") == ["Б", "П", "П"]
    (source,) = Procedure.objects.get().description
    assert (source["batch"], source["items"]) == (batch.pk, ["1", "2", "3"])


def test_a_level_that_f1_leaves_out_is_not_guessed() -> None:
    taken(f1(LOGIN, ["Б", "", "П"]), "Ф1.xlsx")
    assert told("level") == ["Б", "", "П"]


def test_levels_of_f1_that_came_first_stay_where_a_protocol_without_levels_comes() -> None:
    taken(f1(OTHER, ["Б", "П", "П"]), "Ф1.xlsx")
    taken(protocol(many(LOGIN, 3)))
    assert told("level") == ["Б", "П", "П"]


def test_a_form_and_f1_that_differ_are_told() -> None:
    taken(f1(OTHER, ["Б", "П", "П"]), "Ф1.xlsx")
    described(("2", 2, "Б", "", "", ""))
    assert told("level") == ["Б", "Б", "П"]
    doubts = [doubt for source in Procedure.objects.get().description for doubt in source["doubts"]]
    assert doubts == ["Уровень задания 2 уже описан иначе: оставлено прежнее."]


@pytest.mark.parametrize("table_first", [True, False])
def test_texts_of_a_table_of_outcomes_reach_the_items(table_first: bool) -> None:
    files = [(outcomes(("1. Сравнивает дроби", 1), ("2. Находит процент", 2)), "Таблица.xlsx")]
    files.insert(1 if table_first else 0, (protocol(many(LOGIN, 3)), "Математика, 5 класс, ВПР 2022.xlsx"))
    batches = [taken(*one) for one in files]
    assert told("planned_outcome") == ["Сравнивает дроби", "Находит процент", ""]
    withdraw(batches[0 if table_first else 1], None, "не та таблица")
    assert told("planned_outcome") == ["", "", ""]


def test_a_table_of_other_maxima_describes_nothing_and_says_so() -> None:
    taken(protocol(many(LOGIN, 3)))
    batch = taken(outcomes(("1. Сравнивает дроби", 2), ("2. Находит процент", 2)), "Таблица.xlsx")
    assert told("planned_outcome") == ["", "", ""]
    assert any("в\u00a0протоколе 1, здесь 2" in line for line in page_of(batch).has_described())


def test_words_of_a_form_go_before_those_of_a_table() -> None:
    taken(protocol(many(LOGIN, 3)))
    described(FRACTIONS)
    taken(outcomes(("1. Иными словами", 1), ("3. Находит объём", 3)), "Таблица.xlsx")
    assert told("planned_outcome") == ["Сравнивает дроби", "", "Находит объём"]


def test_a_form_that_knows_items_the_work_lacks_says_so_before_it_is_accepted() -> None:
    taken(protocol(many(LOGIN, 3)))
    (batch,) = read_in(description(SOLIDS, ("4", 1, "Б", "", "", "")), FORM)
    said = page_of(batch).will_change()
    assert "Описание получит 1\u00a0задание из\u00a03." in said
    assert "В\u00a0работе нет задания 4: эта строка не использована." in said


def test_when_all_protocols_are_gone_another_work_may_come() -> None:
    batch = taken(protocol(many(LOGIN, 3)))
    withdraw(batch, None, "не та работа")
    taken(f1(OTHER, ["Б", "П"], (1, 2)), "Ф1.xlsx")
    assert told("maximum") == [1, 2]


def test_descriptions_of_a_whole_file_are_accepted_at_once(client: Client) -> None:
    admin = User.objects.create_user("admin@people.example", None, is_superuser=True)
    client.force_login(admin, "django.contrib.auth.backends.ModelBackend")
    taken(protocol(many(LOGIN, 3)))
    sixth = ("ВПР", "математика", 6, 2022, "")
    rows = [[*WORK, *FRACTIONS], [*sixth, *FRACTIONS], [*WORK, *PERCENTS]]
    batches = read_in(xlsx([COLUMNS, *rows]), FORM)
    page = client.get(reverse("collection:batch", args=[batches[0].pk])).content.decode()
    assert "1\u00a0работу файла" in page.replace("&nbsp;", "\u00a0")
    client.post(reverse("collection:accept", args=[batches[0].pk]), {"whole_file": "1"})
    assert [Batch.objects.get(pk=one.pk).state for one in batches] == [Batch.State.ACCEPTED] * 2
    assert told("level") == ["Б", "Б", ""]
