"""Which procedure a file tells of: content, else the file's name, else its folders, else the user's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from msoko.core.collection.complaints import Complaints
from msoko.core.collection.names import academic_year_in, said_by_folders, said_by_name
from msoko.core.collection.reading import Hints, Naming, Origin
from msoko.core.definitions.kinds import Source, Subject
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.russian import join_with_and, quote
from msoko.core.vocabulary.statuses import Level

WHAT = {"year": "год", "grade": "класс", "subject": "предмет"}
OPTION = {"year": "--year", "grade": "--grade", "subject": "--subject"}
WHERE = {
    Origin.CONTENT: "содержание файла",
    Origin.FILE_NAME: "имя файла",
    Origin.FOLDER: "папка",
    Origin.USER: "указано при загрузке",
    Origin.LAYOUT: "вид выгрузки",
}
FIRST_AUTUMN_MONTH = 9
LAST_GRADE = 11  # whose work has nobody a grade higher to sit it: its files of autumn are late ones of spring


@dataclass(frozen=True)
class Content:
    """What the content says of the procedure; None where it is silent. `month` is that of the sitting or the upload."""

    year: int | None = None
    grade: int | None = None
    subject: str | None = None
    month: int | None = None
    label: str = ""


SILENT = Content()


def name_procedure(
    source: Source,
    hints: Hints,
    definitions: Definitions,
    complaints: Complaints,
    content: Content = SILENT,
    needs: Sequence[str] = ("year", "grade", "subject"),
) -> Naming:
    """The naming of the procedure, each part with its origin; a FAIL complaint where one of `needs` is lacking."""
    naming = Naming(source.procedure, label=content.label, origins={})
    name = PurePosixPath(hints.path.replace("\\", "/")).name
    stem = PurePosixPath(name).stem if name else ""
    said = {
        Origin.CONTENT: content,
        Origin.FILE_NAME: said_by_name(stem, definitions),
        Origin.FOLDER: said_by_folders(hints.path, definitions),
        Origin.USER: _users_words(hints, definitions, complaints),
    }
    for what in WHAT:
        values = {origin: getattr(words, what) for origin, words in said.items() if getattr(words, what) is not None}
        naming = _with_the_weightiest(naming, what, values, definitions, complaints)
    naming = _with_year_of_layout(naming, source, complaints)
    _complain_of_lacking(naming, needs, stem, complaints)
    _tell_what_was_guessed(naming, definitions, complaints)
    return with_sitting(naming, source, content.month)


def with_sitting(naming: Naming, source: Source, month: int | None = None) -> Naming:
    """Adds who sat it and when: a work of `autumn_years`, or uploaded in autumn, was sat by pupils a grade higher."""
    if naming.year is None:
        return naming
    autumn_years = source.options.get("autumn_years")
    in_autumn = isinstance(autumn_years, list) and naming.year in autumn_years
    in_autumn = in_autumn or (month is not None and month >= FIRST_AUTUMN_MONTH)
    grade = naming.grade
    in_autumn = in_autumn and grade != LAST_GRADE
    return naming.with_(
        academic_year=naming.year if in_autumn else naming.year - 1,
        pupils_grade=grade + 1 if in_autumn and grade is not None else grade,
    )


def shown(what: str, value: object, definitions: Definitions) -> str:
    """The value as a person reads it: «математика», «5 класс», «2021 год»."""
    if what == "subject":
        subject = definitions.subjects.get(str(value))
        return subject.name if subject else str(value)
    return f"{value}\u00a0{WHAT[what]}"


def _users_words(hints: Hints, definitions: Definitions, complaints: Complaints) -> Hints:
    if not hints.subject:
        return hints
    found = definitions.subject_by(hints.subject)
    if isinstance(found, Subject):
        return Hints(hints.path, hints.year, hints.grade, found.slug)
    advice = "Укажите предмет по имени или коду: «математика», «МА»."
    complaints.add(Level.FAIL, "unknown_subject", f"Предмет {quote(hints.subject)} не известен.", advice)
    return Hints(hints.path, hints.year, hints.grade)


def _with_the_weightiest(
    naming: Naming, what: str, values: dict[Origin, object], definitions: Definitions, complaints: Complaints
) -> Naming:
    if not values:
        return naming
    # The user corrects what only names tell, but not what the file itself says.
    order = [Origin.CONTENT, Origin.USER, Origin.FILE_NAME, Origin.FOLDER]
    chosen = next(origin for origin in order if origin in values)
    others = [origin for origin in order if origin in values and values[origin] != values[chosen]]
    if others and chosen is not Origin.USER:
        _complain_of_difference(what, chosen, others, values, definitions, complaints)
    return naming.with_(**{what: values[chosen]}, origins={**naming.origins, what: chosen})


def _complain_of_difference(
    what: str,
    chosen: Origin,
    others: list[Origin],
    values: dict[Origin, object],
    definitions: Definitions,
    complaints: Complaints,
) -> None:
    taken = f"{WHERE[chosen]} — {quote(shown(what, values[chosen], definitions))}"
    rest = join_with_and([f"{WHERE[other]} — {quote(shown(what, values[other], definitions))}" for other in others])
    message = f"О том, какой это {WHAT[what]}, сказано по-разному: {taken}, {rest}."
    advice = f"Принято: {shown(what, values[chosen], definitions)}. Если это не так, загрузите другой файл."
    if chosen is not Origin.CONTENT:
        again = f"Если это не так, укажите верное и прочитайте файл заново{_in_shell([what])}."
        advice = f"Принято: {shown(what, values[chosen], definitions)}. {again}"
    complaints.add(Level.WARNING, f"{what}_differs", message, advice)


def _with_year_of_layout(naming: Naming, source: Source, complaints: Complaints) -> Naming:
    """The year in which files of this layout are known to have come: the last resort, for a layout may live on."""
    if naming.year is not None or source.year is None:
        return naming
    message = f"Год работы не назван; принят {source.year}: в этом году выгрузки имели такой вид."
    complaints.add(
        Level.WARNING, "year_by_layout", message, f"Подтвердите год или укажите другой{_in_shell(['year'])}."
    )
    return naming.with_(year=source.year, origins={**naming.origins, "year": Origin.LAYOUT})


def _complain_of_lacking(naming: Naming, needs: Sequence[str], stem: str, complaints: Complaints) -> None:
    lacking = [what for what in WHAT if what in needs and getattr(naming, what) is None]
    if not lacking:
        return
    message = f"Не удалось узнать, чьи это результаты: не назван {join_with_and([WHAT[what] for what in lacking])}."
    if "year" in lacking and academic_year_in(stem):
        message += f" Учебный год {quote(academic_year_in(stem))} не говорит, какого года сама работа."
    advice = (
        f"Укажите {join_with_and([WHAT[what] for what in lacking])} и прочитайте файл заново{_in_shell(lacking)}, "
        "назовите файл подобно «Математика, 5 класс, ВПР 2021» или положите в папки ГОД/КЛАСС."
    )
    complaints.add(Level.FAIL, "procedure_unresolved", message, advice)


def _in_shell(lacking: Sequence[str]) -> str:
    """The same complaint is read on a screen with a form beside it and in a shell."""
    return f" (в командной строке: {', '.join(OPTION[what] for what in lacking)})"


def _tell_what_was_guessed(naming: Naming, definitions: Definitions, complaints: Complaints) -> None:
    guessed = [
        f"{shown(what, getattr(naming, what), definitions)} ({WHERE[origin]})"
        for what, origin in naming.origins.items()
        if origin in (Origin.FILE_NAME, Origin.FOLDER)
    ]
    if guessed:
        message = f"Узнано не из содержания: {join_with_and(guessed)}."
        complaints.add(Level.PASS, "named_by_path", message, "Проверьте перед принятием.")
