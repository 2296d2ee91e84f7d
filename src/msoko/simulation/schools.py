"""Who is in the district: eighteen schools made by hand, and as many more as a speed test wants.

All names are invented; codes begin with 99, which no real region of the reports has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from msoko.simulation.randomness import stream

REGION = "Н-ская область"
REGION_CODE = 99
DISTRICT = "Заречный район"
LARGEST_CLASS = 27
SCHOOLS_IN_A_MUNICIPALITY = 18
MOST_SCHOOLS = 99 * SCHOOLS_IN_A_MUNICIPALITY


@dataclass(frozen=True)
class School:
    """One school and the truth about it, which no file tells.

    ``parallel`` is the usual number of pupils of one grade; ``context`` the social conditions (standard deviations,
    negative is hard); ``effect`` what the school adds to a pupil's ability beyond all else (standard deviations of
    pupils); ``leniency`` how much its teachers raise marks in the journal. ``lifts_borders`` is the share of pupils
    just below a border who are lifted.
    """

    index: int
    short: str
    full: str
    kind: str
    municipality: int
    is_urban: bool
    parallel: int
    context: float
    effect: float
    leniency: float
    grades: tuple[int, int] = (1, 11)
    lifts_borders: float = 0.0

    @property
    def code(self) -> str:
        """Six digits, as exams print it: 99, municipality, number."""
        return f"{REGION_CODE}{self.municipality + 1:02d}{self.index % SCHOOLS_IN_A_MUNICIPALITY + 1:02d}"

    @property
    def login(self) -> str:
        """The login in the all-Russian system."""
        return f"edu{self.code}"

    @property
    def level(self) -> float:
        """Mean ability of its pupils before chance: conditions act on every school alike, the effect is its own."""
        return 0.30 * self.context + self.effect

    @property
    def teaches_seniors(self) -> bool:
        """Whether it has grades 10 and 11."""
        return self.grades[1] >= 11


_BUDGET = "Муниципальное бюджетное общеобразовательное учреждение"
_LONGEST = (
    f"{_BUDGET} «Степновская средняя общеобразовательная школа с углублённым изучением отдельных предметов"
    " естественно-научного цикла имени дважды Героя Социалистического Труда Прохора Савельевича Колосова»"
    " Заречного муниципального района Н-ской области"
)
_MIDDLE, _BASIC, _PRIMARY, _EVENING = "средняя", "основная", "начальная", "вечерняя"

# short, full (empty = the short one spelled out), kind, urban, parallel, context, effect, leniency, grades, lifts
_BY_HAND: tuple[tuple[str, str, str, bool, int, float, float, float, tuple[int, int], float], ...] = (
    ("МБОУ СОШ № 1 пгт Заречный", "", _MIDDLE, True, 98, 0.7, 0.10, 0.0, (1, 11), 0.0),
    ("МБОУ СОШ № 2 имени А. П. Ветрова пгт Заречный", "", _MIDDLE, True, 92, 0.3, 0.0, 0.1, (1, 11), 0.0),
    ("МАОУ «Гимназия № 3» пгт Заречный", "", _MIDDLE, True, 75, 1.4, 0.30, -0.2, (1, 11), 0.0),
    ("МБОУ СОШ № 4 пгт Заречный", "", _MIDDLE, True, 74, 0.1, -0.05, 0.1, (1, 11), 0.0),
    ("МБОУ СОШ № 5 пгт Ключевой", "", _MIDDLE, True, 70, -0.2, 0.05, 0.0, (1, 11), 0.0),
    ("МБОУ «Берёзовская СОШ»", "", _MIDDLE, False, 48, 0.2, 0.05, 0.0, (1, 11), 0.0),
    ("МБОУ «Луговская СОШ»", "", _MIDDLE, False, 46, -0.3, 0.0, 0.5, (1, 11), 0.6),
    ("МБОУ «Сосновская СОШ»", "", _MIDDLE, False, 44, 0.0, 0.0, 0.2, (1, 11), 0.0),
    ("МБОУ «Каменская СОШ»", "", _MIDDLE, False, 25, -0.5, -0.95, 0.4, (1, 11), 0.0),
    ("МБОУ «Верхнеозёрская СОШ»", "", _MIDDLE, False, 24, -1.8, 0.95, 0.0, (1, 11), 0.0),
    ("МБОУ «Степновская СОШ им. П. С. Колосова»", _LONGEST, _MIDDLE, False, 20, 0.2, 0.15, 0.0, (1, 11), 0.0),
    ("МБОУ «Ольховская СОШ»", "", _MIDDLE, False, 18, -0.9, -0.95, 0.3, (1, 11), 0.0),
    ("МБОУ «Дальнепольская СОШ»", "", _MIDDLE, False, 8, 0.0, 0.15, 0.2, (1, 11), 0.0),
    ("МБОУ «Ручьёвская ООШ»", "", _BASIC, False, 9, 0.0, 0.10, 0.1, (1, 9), 0.0),
    ("МБОУ «Липовецкая ООШ»", "", _BASIC, False, 6, -0.1, 0.20, 0.3, (1, 9), 0.0),
    ("МКОУ «Полянская ООШ»", "", _BASIC, False, 12, 0.1, 0.10, 0.0, (1, 9), 0.0),
    ("МБОУ «Начальная школа № 6» пгт Заречный", "", _PRIMARY, True, 72, 0.5, 0.05, 0.1, (1, 4), 0.0),
    ("МБОУ «Вечерняя (сменная) школа» пгт Заречный", "", _EVENING, True, 20, -1.0, -0.10, 0.5, (9, 11), 0.0),
)
LIFTING_SCHOOL = 6
WEAK_SCHOOLS = (8, 11)
RESILIENT_SCHOOL = 9
CORRECTED_SCHOOL = 3

_LONG_WORDS = {
    "МБОУ": _BUDGET,
    "МАОУ": "Муниципальное автономное общеобразовательное учреждение",
    "МКОУ": "Муниципальное казённое общеобразовательное учреждение",
    "СОШ": "средняя общеобразовательная школа",
    "ООШ": "основная общеобразовательная школа",
}
_STEMS = [
    first + second
    for second, first in product(
        ("озёр", "поль", "бор", "луг", "горь", "реч", "дуб", "камен", "холм", "ключ"),
        ("Ново", "Верхне", "Нижне", "Красно", "Бело", "Старо", "Мало", "Добро", "Тихо", "Светло"),
    )
]


def _in_full(short: str) -> str:
    """The official name behind a short one."""
    for abbreviation, words in _LONG_WORDS.items():
        short = short.replace(abbreviation, words)
    return short


def _by_hand(index: int) -> School:
    short, full, kind, is_urban, parallel, context, effect, leniency, grades, lifts = _BY_HAND[index]
    name = full or _in_full(short)
    return School(index, short, name, kind, 0, is_urban, parallel, context, effect, leniency, grades, lifts)


def _by_lot(seed: int, index: int) -> School:
    """A school of the wide region: log-normal size, modest effect, no secret."""
    lot = stream(seed, "school", index)
    context, effect, leniency = lot.standard_normal(3) * (0.8, 0.28, 0.25)
    parallel = int(min(130, max(5, lot.lognormal(3.35, 0.85))))
    municipality, place = divmod(index, SCHOOLS_IN_A_MUNICIPALITY)
    short = f"МБОУ «{_STEMS[(7 * index + place) % len(_STEMS)]}ская СОШ № {place + 1}»"
    return School(
        index, short, _in_full(short), _MIDDLE, municipality, parallel > 40, parallel, context, effect, leniency
    )


def municipality_name(number: int) -> str:
    """The invented name of the municipality with this number; number 0 is the demonstration district."""
    round_, place = divmod(number - 1, len(_STEMS))
    return DISTRICT if number == 0 else f"{_STEMS[place]}ский {'район' if round_ == 0 else f'район № {round_ + 1}'}"


def schools(seed: int, count: int, pupils_per_school: int | None = None) -> list[School]:
    """The first ``count`` schools; ``pupils_per_school`` resizes them all to this mean number of pupils.

    Raises ``ValueError`` for no school, or more than two digits of municipality can number.
    """
    if not 1 <= count <= MOST_SCHOOLS:
        raise ValueError(f"a district has 1 to {MOST_SCHOOLS} schools, not {count}")
    found = [_by_hand(i) if i < len(_BY_HAND) else _by_lot(seed, i) for i in range(count)]
    if pupils_per_school is None:
        return found
    mean = sum(s.parallel * (s.grades[1] - s.grades[0] + 1) for s in found) / count
    return [replace(s, parallel=max(1, round(s.parallel * pupils_per_school / mean))) for s in found]
