"""From the fields of a YAML file to the dataclass of its kind."""

from pathlib import Path

from msoko.core.definitions.fields import Fields
from msoko.core.definitions.kinds import (
    PARTS_OF_IDENTITY,
    Condition,
    Layout,
    LayoutColumn,
    Minimum,
    Scale,
    Source,
    Subject,
    Work,
    WorkItem,
)

GRAINS = ("pupils", "aggregates", "records")
LINKED_BY = ("", "code")
STATUSES = ("official", "unofficial", "to_check")
LEVELS = ("", "Б", "П", "В")
COLUMN_KINDS = ("text", "choice", "count", "number", "percent", "date", "year", "grade", "login", "logins")
FOR_PEOPLE = ("title", "note", "checked", "why")


def subject(file: Path, slug: str, data: object) -> Subject:
    fields = Fields(file, data)
    found = Subject(
        slug=slug,
        name=fields.needed("name", str),
        code=fields.needed("code", str),
        by=fields.needed("by", str),
        genitive=fields.needed("genitive", str),
        stems=fields.texts("stems"),
        aliases=fields.texts("aliases"),
        scale_subject=fields.text("scale_subject"),
    )
    if not found.stems:
        raise fields.bad("нет поля «stems» или оно пустое", "Впишите начало слова, по которому предмет узнаётся.")
    fields.ignored(*FOR_PEOPLE)
    fields.nothing_left()
    return found


def source(file: Path, slug: str, data: object) -> Source:
    fields = Fields(file, data)
    found = Source(
        slug=slug,
        title=fields.needed("title", str),
        reader=fields.needed("reader", str),
        grain=fields.one_of("grain", GRAINS),
        procedure=fields.text("procedure"),
        recognised_by=fields.texts("recognised_by"),
        checked=str(fields.needed("checked", object)),
        why=fields.needed("why", str),
        unless=fields.texts("unless"),
        columns=_headers(fields, "columns"),
        personal=fields.texts("personal"),
        identity=_headers(fields, "identity"),
        linked_by=fields.one_of("linked_by", LINKED_BY),
        year=fields.optional("year", int, None),
        options=fields.optional("options", dict, {}) or {},
    )
    strange = sorted(set(found.identity) - set(PARTS_OF_IDENTITY))
    if strange:
        allowed = ", ".join(PARTS_OF_IDENTITY)
        raise fields.bad(f"в «identity» неизвестные поля: {', '.join(strange)}", f"Можно: {allowed}.")
    if not found.recognised_by:
        raise fields.bad(
            "пустой список «recognised_by»", "Без заголовков источник подошёл бы к любому файлу: впишите их."
        )
    fields.ignored("note", "source")
    fields.nothing_left()
    return found


def _headers(fields: Fields, key: str) -> dict[str, tuple[str, ...]]:
    """Field → headers; one header may be written without a list."""
    named = fields.optional(key, dict, {}) or {}
    inner = Fields(fields.file, {key: [value] if isinstance(value, str) else value for key, value in named.items()})
    return {str(key): inner.texts(key) for key in named}


def scales(file: Path, data: object) -> tuple[Scale, ...]:
    """A file of scales holds those of one procedure and year."""
    fields = Fields(file, data)
    shared = _shared(fields)
    status = fields.one_of("status", STATUSES, "official")

    def one(entry: Fields) -> Scale:
        bounds = entry.needed("bounds", list)
        if len(bounds) != 4 or not all(type(bound) is int for bound in bounds) or sorted(set(bounds)) != bounds:
            raise entry.bad(
                "границы шкалы не возрастают", "Впишите четыре возрастающих балла: верхние для 2, 3, 4 и 5."
            )
        found = Scale(
            bounds=(bounds[0], bounds[1], bounds[2], bounds[3]),
            subject=entry.needed("subject", str),
            grade=entry.needed("grade", int),
            status=entry.one_of("status", STATUSES, status),
            conditions=entry.each("conditions", _condition) if entry.has("conditions") else (),
            **shared,  # type: ignore[arg-type]
        )
        _end(entry)
        return found

    found = fields.each("scales", one) if fields.has("scales") else ()
    fields.ignored("minimums")
    _end(fields)
    return found


def _condition(entry: Fields) -> Condition:
    found = Condition(
        entry.needed("name", str), entry.texts("items"), entry.needed("at_least", int), entry.needed("mark", int)
    )
    entry.nothing_left()
    return found


def minimums(file: Path, data: object) -> tuple[Minimum, ...]:
    """The least test scores of a file, if it has any."""
    fields = Fields(file, data)
    shared = _shared(fields)
    status = fields.one_of("status", STATUSES, "official")

    def one(entry: Fields) -> Minimum:
        found = Minimum(
            subject=entry.needed("subject", str),
            score=entry.needed("score", int),
            purpose=entry.one_of("purpose", ("", "certificate", "university")),
            status=entry.one_of("status", STATUSES, status),
            **shared,  # type: ignore[arg-type]
        )
        _end(entry)
        return found

    found = fields.each("minimums", one) if fields.has("minimums") else ()
    fields.ignored("scales")
    _end(fields)
    return found


def _shared(fields: Fields) -> dict[str, object]:
    return {
        "procedure": fields.needed("procedure", str),
        "year": fields.needed("year", int),
        "source": fields.needed("source", str),
        "region": fields.text("region"),
    }


def _end(fields: Fields) -> None:
    fields.ignored(*FOR_PEOPLE)
    fields.nothing_left()


def work(file: Path, data: object) -> Work:
    fields = Fields(file, data)

    def item(entry: Fields) -> WorkItem:
        found = WorkItem(
            number=str(entry.needed("number", object)),
            maximum=entry.optional("maximum", int, None),
            level=entry.one_of("level", LEVELS),
            content_element=entry.text("content_element"),
            planned_outcome=entry.text("planned_outcome"),
        )
        entry.nothing_left()
        return found

    found = Work(
        procedure=fields.needed("procedure", str),
        year=fields.needed("year", int),
        subject=fields.needed("subject", str),
        grade=fields.needed("grade", int),
        items=fields.each("items", item),
        source=fields.needed("source", str),
    )
    _end(fields)
    return found


def layout(file: Path, slug: str, data: object) -> Layout:
    fields = Fields(file, data)

    def column(entry: Fields) -> LayoutColumn:
        found = LayoutColumn(
            key=entry.needed("key", str),
            title=entry.needed("title", str),
            kind=entry.one_of("kind", COLUMN_KINDS),
            explanation=entry.needed("explanation", str),
            required=bool(entry.optional("required", bool, False)),
            choices=entry.texts("choices"),
            example=entry.text("example"),
            aliases=entry.texts("aliases"),
            not_above=entry.text("not_above"),
            sum_of=entry.texts("sum_of"),
        )
        entry.nothing_left()
        return found

    found = Layout(
        slug=slug,
        title=fields.needed("title", str),
        sheet=fields.needed("sheet", str),
        explanation=fields.needed("explanation", str),
        columns=fields.each("columns", column),
        reader=fields.text("reader") or "layout",
    )
    fields.ignored("note", "checked", "why", "source")
    fields.nothing_left()
    _known_columns_only(fields, found)
    return found


def _known_columns_only(fields: Fields, found: Layout) -> None:
    keys = {column.key for column in found.columns}
    for column in found.columns:
        unknown = {column.not_above, *column.sum_of} - keys - {""}
        if unknown:
            raise fields.bad(
                f"столбец «{column.key}» ссылается на неизвестный «{min(unknown)}»", "Исправьте ключ столбца."
            )


def source_of_layout(layout: Layout) -> Source:
    """A form of our own as a source of files: it is recognised by the headers of its required columns."""
    return Source(
        slug=f"layouts/{layout.slug}",
        title=layout.title,
        reader=layout.reader,
        grain="records",
        procedure=layout.slug,
        recognised_by=tuple(column.title for column in layout.columns if column.required),
        checked="форма системы",
        why=layout.explanation,
        columns={column.key: (column.title, *column.aliases) for column in layout.columns},
        options={"layout": layout.slug},
    )
