"""docs/demo.md: what the demonstration district is and what is hidden in it, told from its own numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msoko.core.vocabulary.russian import NBSP, counted, number, percent, signed
from msoko.simulation.own_files import academic_year, pupils_of_school
from msoko.simulation.planting import CORRECTED_GRADE, CORRECTED_LETTER, CORRECTED_YEAR, sittings
from msoko.simulation.pupils import LETTERS
from msoko.simulation.schools import (
    CORRECTED_SCHOOL,
    DISTRICT,
    LIFTING_SCHOOL,
    REGION,
    RESILIENT_SCHOOL,
    WEAK_SCHOOLS,
)
from msoko.simulation.signs import (
    ClassBeside,
    bunching,
    corrected_class_a_year_later,
    corrected_classes,
    low_year,
    standing,
)
from msoko.simulation.simulate import DEMONSTRATION_SEED, books
from msoko.simulation.sittings import District, Sitting, build_district


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], texts: int = 1) -> list[str]:
    """A Markdown table; the first ``texts`` columns are text, the others are numbers."""
    line = [*["---"] * texts, *["---:"] * (len(header) - texts)]
    return [f"| {' | '.join(cells)} |" for cells in (header, line, *rows)]


def _schools(district: District, found: list[Sitting]) -> list[str]:
    last = max(district.years)
    rows = [
        [
            school.short,
            school.login,
            school.kind,
            "городская" if school.is_urban else "сельская",
            number(pupils_of_school(district, school, last)),
            signed(school.context, 1),
            signed(standing(found, school.index), 2),
        ]
        for school in district.schools
    ]
    total = sum(pupils_of_school(district, school, last) for school in district.schools)
    header = ["Школа", "Логин", "Тип", "Местность", "Обучающихся", "Условия", "Результаты"]
    return [
        "## Школы",
        "",
        f"В{NBSP}{academic_year(last)} учебном году в{NBSP}{counted(len(rows), 'школе', 'школах', 'школах')} учатся"
        f" {counted(total, 'человек', 'человека', 'человек')}. «Условия»{NBSP}— заложенный социальный контекст"
        f" (0{NBSP}— обычный, меньше нуля{NBSP}— тяжелее). «Результаты»{NBSP}— среднее по{NBSP}всем работам отличие"
        f" первичного балла от{NBSP}районного, в{NBSP}стандартных отклонениях обучающихся.",
        "",
        *_table(header, rows, texts=4),
        "",
    ]


def _weak(district: District, found: list[Sitting]) -> list[str]:
    rows = []
    for school in (district.schools[i] for i in WEAK_SCHOOLS):
        years = [low_year(found, school.index, year) for year in district.years]
        rows.append([school.short, *(f"{y.low} из{NBSP}{y.procedures}" for y in years)])
    names = f" и{NBSP}".join(district.schools[i].short for i in WEAK_SCHOOLS)
    return [
        "### 1. Две действительно слабые школы",
        "",
        f"{names}. В{NBSP}таблице{NBSP}— сколько процедур года «низкие»: доля отметок «2» (на{NBSP}ЕГЭ{NBSP}— ниже"
        f" границы) не{NBSP}меньше 30{NBSP}%. Учтены процедуры, где писали хотя{NBSP}бы десять человек.",
        "",
        *_table(["Школа", *map(str, district.years)], rows),
        "",
        f"Ни{NBSP}одна другая дневная школа не{NBSP}получает двух низких процедур в{NBSP}каждом из{NBSP}трёх лет."
        f" Вечерняя школа слаба на{NBSP}экзаменах{NBSP}— такова она и{NBSP}на самом деле.",
        "",
    ]


def _resilient(district: District, found: list[Sitting]) -> list[str]:
    school = district.schools[RESILIENT_SCHOOL]
    years = ", ".join(f"{year}{NBSP}— {signed(standing(found, school.index, year), 2)}" for year in district.years)
    return [
        "### 2. Сильная школа в\u00a0тяжёлых условиях",
        "",
        f"{school.short}: самые тяжёлые условия в{NBSP}районе ({signed(school.context, 1)}; у{NBSP}школы с{NBSP}такими"
        f" условиями ожидаемый уровень{NBSP}— {signed(school.level - school.effect, 2)}), а{NBSP}результаты выше"
        f" районных во{NBSP}все годы: {years} стандартного отклонения.",
        "",
    ]


def _lifted(district: District, found: list[Sitting]) -> list[str]:
    school, seen = district.schools[LIFTING_SCHOOL], bunching(found, LIFTING_SCHOOL)
    return [
        "### 3. Школа, где баллы подняты до\u00a0границы отметки",
        "",
        f"{school.short}: работу, которой до{NBSP}следующей отметки не{NBSP}хватает одного-двух баллов,"
        f" «дотягивают» с{NBSP}вероятностью {percent(100 * school.lifts_borders)} (только ВПР). Рядом с{NBSP}границами"
        f" (не{NBSP}дальше двух баллов) за{NBSP}три года{NBSP}—"
        f" {counted(seen.near, 'работа', 'работы', 'работ')}; из{NBSP}них"
        f" выше границы{NBSP}— {number(seen.above)}, а{NBSP}по{NBSP}остальным школам следовало{NBSP}бы ждать"
        f" {number(seen.expected)} (z{NBSP}={NBSP}{number(seen.z, 1)}). На{NBSP}ОГЭ и{NBSP}ЕГЭ ничего"
        f" не{NBSP}поднято.",
        "",
    ]


def _class_row(beside: ClassBeside) -> list[str]:
    groups = (beside.corrected, beside.others)
    cells = [cell for g in groups for cell in (number(g.count), number(g.mean, 1), number(g.deviation, 1))]
    return [
        f"{beside.work.replace(' ', NBSP)} (из{NBSP}{beside.maximum})",
        *cells,
        signed(beside.gain_on_easy),
        signed(beside.gain_on_hard),
    ]


def _corrected(district: District, found: list[Sitting]) -> list[str]:
    school, name = district.schools[CORRECTED_SCHOOL], f"{CORRECTED_GRADE}{LETTERS[CORRECTED_LETTER]}"
    rows = [_class_row(beside) for beside in corrected_classes(found) + corrected_class_a_year_later(found)]
    header = ["ВПР", "Класс: писали", "средний", "откл.", "Параллель: писали", "средний", "откл.", "лёгкие", "трудные"]
    return [
        "### 4. Класс с\u00a0исправленными ответами",
        "",
        f"{school.short}, {name} класс, ВПР {CORRECTED_YEAR}{NBSP}г. по{NBSP}русскому языку и{NBSP}математике:"
        f" у{NBSP}каждого"
        f" обучающегося около 40{NBSP}% заданий выполнены полностью независимо от{NBSP}того, что он{NBSP}умеет."
        f" Средний балл выше, чем у{NBSP}параллели, разброс меньше, а{NBSP}выигрыш (в{NBSP}процентных пунктах) больше"
        f" на{NBSP}трудных заданиях, чем на{NBSP}лёгких. Через год те{NBSP}же дети пишут сами.",
        "",
        *_table(header, rows),
        "",
    ]


def _plans() -> list[str]:
    """What people of the district have done (web.roadmap.demonstration): it depends on the day of loading."""
    return [
        "## Чем район живёт",
        "",
        f"После загрузки (`msoko demo`) выводы о{NBSP}двух слабых школах за{NBSP}последний год подтверждены,"
        f" и{NBSP}действуют две программы текущего учебного года, утверждённые приказами от{NBSP}1{NBSP}сентября:"
        f" дорожная карта поддержки школ с{NBSP}низкими результатами и{NBSP}план действий против необъективных"
        f" результатов. Школы, методист и{NBSP}специалист управления отчитались по{NBSP}поручениям, заместитель"
        f" начальника приняла почти все отчёты, некоторые вернула с{NBSP}причиной, часть ждёт проверки. Один срок"
        f" перенесён, несколько поручений просрочено, остальные впереди: всё это считается от{NBSP}дня загрузки."
        f" У{NBSP}школы, под которой можно войти, всегда есть задачи.",
        "",
    ]


def _files(district: District) -> list[str]:
    dirt: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for book in books(district, dirt):
        kinds[book.what] += 1
        rows[book.what] += book.participants
    files = [[what, number(n), number(rows[what]) if rows[what] else "—"] for what, n in kinds.items()]
    files.append(["всего", number(kinds.total()), number(rows.total())])
    spoiled = [[kind, number(n)] for kind, n in sorted(dirt.items()) if n]
    return [
        "## Файлы",
        "",
        *_table(["Что", "Файлов", "Строк участников"], files),
        "",
        "Один файл ОГЭ (математика, 2026\u00a0г.) содержит выдуманные фамилии и\u00a0номера документов: видно,"
        " как система"
        " отбрасывает личные сведения. Три школы сдали ВПР по\u00a0математике, 8\u00a0класс, 2026\u00a0г."
        " в\u00a0форме «Ф1».",
        "",
        "## Сор в\u00a0ячейках",
        "",
        "Так заполняют протоколы на\u00a0самом деле; система должна всё это пережить и\u00a0сосчитать.",
        "",
        *_table(["Что", "Сколько раз"], spoiled),
        "",
    ]


def tell(seed: int = DEMONSTRATION_SEED) -> str:
    """The whole text of docs/demo.md for the demonstration district of this seed."""
    district = build_district(seed)
    found = list(sittings(district))
    lines = [
        "# Демонстрационный район",
        "",
        f"{DISTRICT} ({REGION}) выдуман целиком: таких школ, детей и{NBSP}результатов нет. Данные создаёт команда",
        "",
        f"    msoko simulate --schools {len(district.schools)} --seed {seed}",
        "",
        f"и{NBSP}создаёт каждый раз одинаково. Этот текст написан из{NBSP}тех{NBSP}же чисел; тест следит, чтобы он"
        f" не{NBSP}устарел. Одни и{NBSP}те{NBSP}же дети переходят из{NBSP}класса в{NBSP}класс, способности у{NBSP}них"
        f" свои, а{NBSP}уровень школы, класса и{NBSP}социальные условия действуют на{NBSP}результат, как в{NBSP}жизни."
        f" Остальная область (около 620{NBSP}школ) есть только в{NBSP}сводных таблицах.",
        "",
        *_schools(district, found),
        "## Что спрятано нарочно",
        "",
        *_weak(district, found),
        *_resilient(district, found),
        *_lifted(district, found),
        *_corrected(district, found),
        *_plans(),
        *_files(district),
    ]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    print(tell(), end="")
