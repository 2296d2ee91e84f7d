"""What `docs/validation.md` says: every number is computed from what was measured, and so is every comparison."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msoko.core.analysis.validation.targets import held_against_targets
from msoko.core.analysis.validation.trials import LEAST_CLASS, LEAST_SCHOOL
from msoko.core.definitions.validation import DISTRICTS, REAL, SIMULATED, SourceTold, Validation
from msoko.core.vocabulary.russian import capitalised, counted, join_with_and, nbsp, quote
from msoko.documents.blocks import Block, Document, Heading, ListBlock, Note, Paragraph, TableBlock
from msoko.documents.library.validation_report import lists, pictures, tables
from msoko.documents.library.validation_report.limits import AS_THEY_ARE, LIMITS, NOT_MEASURED
from msoko.documents.library.validation_report.pictures import PUBLISHED
from msoko.documents.library.validation_report.tables import Methods
from msoko.documents.library.validation_report.wording import MANIPULATIONS, SOURCES, WHAT_IS_DONE, area, rate

TITLE = "Насколько можно верить сигналам"
COMMAND = "msoko validate --real ПАПКА --write"
HOW_TO_READ = (
    "AUC — вероятность, что у школы (класса) с вмешательством сигнал сильнее, чем у школы без него: 1 — различает"
    " всегда, 0,5 — не лучше монетки.",
    "Точность в первых 5 % — какая доля школ с вмешательством среди 5 % тех, у кого сигнал самый сильный. Наугад их"
    " было бы столько, сколько тронуто всего.",
    "«Найдено» — какая доля тронутых школ (классов) получила вердикт «вероятно» или «устойчиво»; «устойчиво» считается"
    " и в первом столбце. «Ложно» — то же среди школ, где ничего не тронуто.",
    "В скобках — 95-процентный интервал.",
)


@dataclass(frozen=True)
class Data:
    """What the report is made from: the measurements, and the methods as they are now (for their titles)."""

    validation: Validation
    methods: Methods


def build(data: Data) -> Document:
    blocks = [
        Note(f"Написано командой {COMMAND}: от руки здесь нет ни одного числа."),
        *_targets(data),
        *_what_it_was_measured_on(data.validation),
        *_manipulations(data),
        *_false_alarms(data),
        *_as_they_are(data),
        *lists.blocks(data.validation),
        *_not_measured(data),
        Heading(1, "Чего эти числа не говорят"),
        _items(LIMITS),
        *_how_to_repeat(data.validation),
    ]
    return Document(TITLE, "", blocks, footer="")


def _said(text: str) -> Paragraph:
    return Paragraph(nbsp(text))


def _items(texts: Sequence[str]) -> ListBlock:
    return ListBlock([nbsp(text) for text in texts])


def main_source(validation: Validation) -> str:
    """Real files where there are some."""
    return REAL if validation.source(REAL) else SIMULATED


def _targets(data: Data) -> Iterator[Block]:
    reached = held_against_targets(data.validation)
    missed = sum(not one.is_reached for one in reached)
    yield Heading(1, "Коротко")
    yield _said(
        f"Достигнуто {len(reached) - missed} из {counted(len(reached), 'цели', 'целей', 'целей')}"
        f" (данные — {SOURCES[main_source(data.validation)]})."
        + (f" Не достигнуто {missed}: что именно, сказано в таблице." if missed else "")
    )
    yield TableBlock(tables.targets(reached, data.methods))


def _what_it_was_measured_on(validation: Validation) -> Iterator[Block]:
    yield Heading(1, "На чём измерено")
    yield _items([_source(one) for one in validation.sources])
    yield _said(
        "Школы (классы) для вмешательства выбираются по жребию, и всё случайное задано одним числом"
        f" ({validation.seed}): та же команда даёт те же числа. Сигналы считают те же программы, что и в системе,"
        f" с параметрами по умолчанию. Не спрашивают о школах, где меньше {LEAST_SCHOOL} участников во всех работах"
        f" вместе, и о классах, где меньше {LEAST_CLASS} участников в каждой работе."
    )
    yield Paragraph("Как читать таблицы:")
    yield _items(HOW_TO_READ)


def _source(one: SourceTold) -> str:
    schools = counted(one.schools, "школа", "школы", "школ")
    times = counted(one.repetitions, "повторение", "повторения", "повторений")
    works = join_with_and(one.works)
    if one.key == REAL:
        return (
            f"Реальные файлы: работы ВПР {one.year} г. ({works}) вместе, {schools}, {times}; рядом — те же работы годом"
            " раньше, нетронутые. Самих файлов и строк из них в проекте нет, только доли."
        )
    if one.key == DISTRICTS:
        return (
            f"Выдуманные районы: муниципалитеты тех же регионов по отдельности, {schools} в каждом, всего {times}; об"
            " остальном регионе известна только сумма. На них измерены ложные тревоги."
        )
    return (
        f"Выдуманные регионы: те же работы ({works}), {schools} в каждом, {times}, каждый раз новый регион. Пока"
        " вмешательство не добавлено, в нём всё честно. Школы демонстрационного района не участвуют."
    )


def _manipulations(data: Data) -> Iterator[Block]:
    yield Heading(1, "Что видит какой сигнал")
    for key in MANIPULATIONS:
        sources = [one.key for one in data.validation.sources if tables.in_order_of_area(data.validation, key, one.key)]
        if sources:
            yield from _manipulation(data, key, sources)


def _manipulation(data: Data, key: str, sources: Sequence[str]) -> Iterator[Block]:
    yield Heading(2, MANIPULATIONS[key])
    yield _said(WHAT_IS_DONE[key])
    yield _items([_best_and_published(data, key, source) for source in sources])
    picture = pictures.of_manipulation(data.validation, key, sources[0], data.methods)
    if picture is not None:
        yield picture
    for source in sources:
        yield TableBlock(tables.by_signal(data.validation, key, source, data.methods))
    signals = pictures.shown(data.validation, key, sources[0], data.methods)
    yield TableBlock(tables.by_size(data.validation, key, sources[0], signals, data.methods))


def _best_and_published(data: Data, key: str, source: str) -> str:
    """«Реальные файлы: лучше всех видит «…» — AUC …; опубликованная методика («…») — AUC …»."""
    found = tables.in_order_of_area(data.validation, key, source)
    best = found[0]
    rule = data.validation.of(PUBLISHED[0], key, source)
    said = (
        f"{capitalised(SOURCES[source])}: лучше всех видит {quote(data.methods[best.signal].title)} —"
        f" AUC {area(best.auc)}, точность в первых 5 % {rate(best.precision_5)}"
    )
    if rule is None or rule is best:
        return f"{said}."
    return (
        f"{said}; опубликованная методика ({quote(data.methods[rule.signal].title)}) — AUC {area(rule.auc)},"
        f" точность {rate(rule.precision_5)}."
    )


def _false_alarms(data: Data) -> Iterator[Block]:
    table = tables.false_alarms(data.validation, data.methods)
    if not table.rows:
        return
    yield Heading(1, "Ложные тревоги")
    yield _said(
        "В честных выдуманных регионах и районах вмешательства нет, поэтому всё отмеченное — ложная тревога. Эти доли"
        " стоят и на экране рядом с каждым сигналом. «Отмечены как угодно» — правило назвало школу, пусть и с вердиктом"
        " «спорно» или «мало данных»: так отвечает опубликованная методика."
    )
    yield TableBlock(table)
    yield TableBlock(tables.false_alarms_by_size(data.validation, data.methods))


def _as_they_are(data: Data) -> Iterator[Block]:
    if data.validation.source(REAL):
        yield Heading(1, "На реальных файлах как они есть")
        yield _said(AS_THEY_ARE)
        yield TableBlock(tables.as_they_are(data.validation, data.methods))


def _not_measured(data: Data) -> Iterator[Block]:
    others = [
        method
        for name, method in sorted(data.methods.items())
        if name.startswith("objectivity.") and name not in data.validation.parameters and method.gives == "findings"
    ]
    if others:
        yield Heading(1, "Что не измерено")
        yield _items([f"{quote(one.title)}: {NOT_MEASURED.get(one.name, 'ещё не измерялось')}." for one in others])


def _how_to_repeat(validation: Validation) -> Iterator[Block]:
    yield Heading(1, "Как повторить")
    yield _said(
        f"`{COMMAND}` измеряет на протоколах из папки и на выдуманных регионах и переписывает эту страницу."
        " `msoko validate --quick --json` без реальных файлов за минуту проверяет, что всё считается."
    )
    if validation.quick:
        yield Note("Это числа быстрой проверки: повторений мало, интервалы широки.")
