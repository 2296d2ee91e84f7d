"""Who within an organisation: the role said by the first noun of an executor."""

import re

# The key that an executor carries, and the word for the screen.
ROLES = {
    "director": "руководитель образовательной организации",
    "deputy": "заместитель руководителя",
    "head": "руководитель",
    "teacher": "педагог",
    "methodist": "методист",
    "specialist": "специалист",
    "coordinator": "координатор",
    "curator": "куратор",
    "team": "команда",
    "administration": "администрация организации",
    "council": "совет, комитет",
    "representative": "представитель",
    "responsible": "ответственный",
    "member": "член, участник",
    "pupils": "обучающиеся",
    "parents": "родители",
}

# In this order where two begin at the same word: «классные руководители» are no directors.
_STEMS = {
    "parents": r"родител|законн\w+ представител|(?:обще|школьн)?\w* ?родительск\w+",
    "pupils": r"обучающ|учащ(?!\w*ни)|ученик|ученическ|школьники|воспитанник|выпускник|дети\b",
    "specialist": r"(?:педагог\w*|учител\w*)-(?:психолог|логопед|дефектолог|библиотекар|организатор)\w*"
    r"|социальн\w+ педагог|психолог(?!о)|логопед|дефектолог|библиотекар|вожат|советник|делопроизводител|секретар"
    r"|специалист|спец(?!\w)|соц\.? ?пед|сотрудник|инспектор|консультант|эксперт(?!н)|организатор|оператор|работник"
    r"|администратор",
    "teacher": r"классн\w+ руковод|кл\.? ?рук|педагог|учител|воспитател|предметник|наставник|преподавател|тренер"
    r"|молод\w+ специалист|педколлектив|педагогическ\w+ (?:работник|коллектив|кадр|состав)",
    "deputy": r"замест|зам(?!\w)|завуч",
    "director": r"директор|управленческ\w+ кадр|руководящ\w+ (?:работник|кадр)",
    "methodist": r"методист",
    "coordinator": r"координатор",
    "curator": r"куратор|тьютор",
    "team": r"команд|рабоч\w+ групп|творческ\w+ групп|экспертн\w+ групп|проектн\w+ (?:групп|офис)|коллектив|штаб",
    "administration": r"администраци\w*",
    "council": r"совет(?!ник|ск)|педсовет|комисси|консилиум|жюри|оргкомитет|актив(?!н)",
    "representative": r"представител",
    "responsible": r"ответственн\w+ (?:лиц\w+ )?за",
    "head": r"начальник|нач(?!\w)|председател|глав[аы](?!\w)|заведующ|зав(?!\w)|руководител|рук(?!\w)|рук-л",
    "member": r"член|участник|участниц",
}
_PATTERNS = {role: re.compile(rf"(?<![^\W_])(?:{stems})") for role, stems in _STEMS.items()}


# «главный специалист», «и. о. директора»: before the noun of the role only what describes it may stand.
_BEFORE = re.compile(r"(?:[\w-]+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|их|ых|ого|ыми|ими|ую) |(?:все|всех|их|и\. ?о\.|врио) )*")


def role_in(plain: str) -> str:
    """The role with whose noun the text (small letters) begins; «» where an organisation itself is named.

    «Руководители РМО» have one, «РМО учителей» and «УО администрации района» have not.
    """
    last = _BEFORE.match(plain)
    found = {role: match.start() for role, pattern in _PATTERNS.items() if (match := pattern.search(plain))}
    begun = {role: start for role, start in found.items() if last and start <= last.end()}
    return min(begun, key=lambda role: begun[role], default="")
