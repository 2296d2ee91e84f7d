"""Which kind of executor a text names. Texts are in small letters, without brackets, conditions and quotation marks."""

import re

from msoko.core.roadmap.executors.kinds import Kind


def _abbreviations(words: str) -> str:
    return rf"(?<![^\W_])(?:{'|'.join(words.split())})(?![^\W_])"


# Abbreviations that are an executor, by kind. Wrong letters of a scanned page («ШПРО») stand beside the right ones.
ABBREVIATIONS = {
    Kind.LOW_RESULTS: "шноры? шнро шноро шпро шфнсу шнсу шнбу шснр шснор шнр снор",
    Kind.ASSOCIATIONS: "рмо омо гмо ммо рпмо румо кмо",
    Kind.METHODIST: "рмк имц имк гмк гимц римц римк рмц ммц ммс рмс гмс имс нмс цро цмро црпо мимц гимк умц гмц нмц"
    " мрц имо кимц тмк тмс цроик мцро мцоко мимк мк цмс умк",
    Kind.DEPARTMENT: "уо руо гуо муо моуо оуо роо гоо роно гороно районо ооа уоа коа омсу омс умп уоимп уоисп гуно"
    " гоуо горуо ко",
    Kind.EXTERNAL: "иро рипк ипк ккипк кипк киро ипкро ркиро рипкипро крипкипро роипк цоио рцоко рцои оцоко црцоко цоко"
    " цопп цнппм цнппмпр фиоко фипи мон минобр минобразования минобрнауки минпросвещения рособрнадзор кдн кдниз?п пдн"
    " одн овд омвд мвд умвд гибдд огибдд мчс цзн спо поо ссуз[ы]? вуз[ы]? нко сми дк рдк цкс црб цгб тпмпк пмпк цпмпк"
    " ппмс цппмсп ппмсп цппмисп пмсс рдш цсон кцсон рцро рцрдо",
    Kind.PRESCHOOLS: "доу доо дооу мбдоу мдоу мкдоу мадоу дду",
    Kind.EXTRA_SCHOOLS: "удо одо оодо удод оодод уддо",
    Kind.ALL_SCHOOLS: "оо оу ооо моо моу сош оош нош шмо шсп ппк шппк мсош",
}
_KNOWN = re.compile("|".join(rf"(?:{'|'.join(words.split())})" for words in ABBREVIATIONS.values()))
_AREA = re.compile(
    r"(?:увр|вр|ур|умр|нмр|мр|уир|икт|ахч|бж|впр|гиа|гиа-\d+|огэ|егэ|гвэ|нико|всош|фгос\w*|обж|обзр|орксэ|ноо|соо"
    r"|вшк|всоко|мсоко|одо|увп|ахр|опв|нмрс)"
)

REGIONAL = re.compile(r"^(?:[а-я-]+ ){0,2}(?:региональн|краев|областн|республиканск|федеральн|всероссийск)\w+")
WITHIN_SCHOOLS = re.compile(
    r"(?<![^\W_])(?:школьн|общешкольн|внутришкольн|классн\w+ руковод|кл\.? ?рук|управляющ\w+ совет"
    r"|педагогическ\w+ совет"
    r"|педсовет|(?:психолого-педагогическ\w+|школьн\w+) консилиум|совет\w* (?:школ|оо|оу|старшеклассник|обучающ|отцов)"
    r"|родительск\w+ комитет|ученическ|педколлектив|педагогическ\w+ коллектив)"
    "|" + _abbreviations("шмо ппк шппк шсп")
)
_MUNICIPAL_CENTRE = re.compile(r"м[бка]?у (?:дпо )?цоко(?![^\W_])")  # «ЦОКО» alone is the region's
_REGION = re.compile(
    r"(?<![^\W_])(?:область|области|края|край|республики|республика|рф|российской федерации)(?![^\W_])"
)
_WITHIN_REGION = re.compile(
    r"(?<![^\W_])(?:район|округ|город|муниципал|администраци|мо(?![^\W_])|го(?![^\W_])|мр(?![^\W_])|г\.)"
)

_LOW = (
    r"(?:низк|необъективно-?низк)\w*,? (?:и нестабильн\w+ )?(?:\w+ ){0,2}?(?:результат|качеств|показател|достижен"
    r"|успеваем)"
    r"|(?<![^\W_])нор(?![^\W_])|слабы\w+ школ|неэффективн\w+ школ|неблагоприятн\w+ (?:социальн\w+ )?услови"
    r"|сложн\w+ социальн\w+ услови|500\s?\+|\+\s?500|низкорезультативн"
)
# «Школы с признаками необъективности»: of whom it is said stands at the beginning, «методисты, курирующие школы …» are
# no such schools; «необъективно низкие результаты» are low results.
_DOUBTED = (
    r"(?:необъективн|недостоверн|аномальн)(?!о[- –]?низк)|завышен"
    r"|(?:низк|нарушен|недостаточн|обеспеч|отсутстви)\w* (?:\w+ )?объективност"
)
_OBJECTIVITY = (
    r"(?!.*низк\w+ (?:\w+ )?результат)"
    r"(?:^(?:\w+ ){0,3}?(?:школ\w*|оо|оу|моу|сош|(?:организаци|учреждени)\w*)(?![^\W_]).*?"
    r"|^(?:со?|имеющ\w*|показавш\w*|[ву] которых|где|из) (?:\w+ ){0,3}?)"
    rf"(?<![^\W_])(?:{_DOUBTED})"
)
_RISK = r"(?:зон|групп)\w* (?:\w+ )?риск|с рисками|рисков\w+ (?:школ|профил)|учебной неуспешности"
_LEADERS = (
    r"(?:школ(?!ьн)\w*|оо|оу|организаци\w*|учреждени\w*)[- –—]+(?:лидер|партн[её]р|наставник|куратор|консультант|донор"
    r"|эксперт)"
    r"|(?:базов|опорн|ресурсн|лидирующ|резильентн|эффективн|успешн|стажировочн|инновационн)\w+ (?:\w+ )?"
    r"(?:школ|площад|оо(?!\w)|оу(?!\w)|образовательн|общеобразовательн|организаци)|школ\w* с высоким"
    r"|стажировочн|(?:школ\w*|оо) с (?:высок|стабильно высок)"
)
_PARTICIPANTS = (
    r"(?:участник|участниц|исполнител)\w* (?:программ|проект|дорожн|мероприят|кластер|сет|план|апробац|конкурс)"
    r"|^(?:все |всех )?(?:участник|исполнител)\w*$"
    r"|[а-я]+[- –—]+участни|пилотн|апробацион|^(?:все|те же)$"
)
_METHODIST = (
    r"(?:информационно-|учебно-|научно-|организационно-)?методическ\w+ (?:\w+ )?(?:служб|кабинет|центр|совет|отдел"
    r"|сектор"
    r"|команд|актив|цех|поддержк)|методслужб|методкабинет|методсовет|методцентр|(?<![^\W_])методист"
    r"|центр\w* (?:развития|качества|оценки качества|мониторинга|сопровождения|обеспечения|поддержки|информатизации)\w*"
    r" ?(?:\w+ ){0,3}(?:образован|педагог|профессиональн|оценк)|ресурсн\w+ центр|центр\w* развития образован"
    r"|(?<![^\W_])м[бка]?у (?:дпо |дппо )?центр\w* образован|центр\w* педагогическ\w+ мастерств"
    r"|(?:отдел|служб|сектор|центр)\w* (?:\w+ )?методическ"
)
_DEPARTMENT = (
    r"(?:управлени|отдел|комитет|департамент|сектор)\w* (?:по )?(?:делам )?(?:[а-я]+,? (?:и )?){0,3}?образовани"
    r"|управлени\w* (?:в сфере )?образовани|орган\w* (?:местного самоуправлени|управлени|муниципальн)|органы?$"
    r"|муниципалитет|орган\w* исполнительн|муниципальн\w+ орган|(?<![^\W_])учредител"
    r"|(?<![^\W_])(?:начальник|председател\w* комитета|заместител\w* председател\w* комитета)(?![^\W_])"
    r"|(?<![^\W_])начальник|(?:главн|ведущ)\w+ (?:специалист|эксперт|консультант|инспектор)|инспектор"
    r"|^(?:специалист\w* )?(?:отдел\w?|управлени\w|комитет\w?)$|специалист\w* (?:управления|отдела|комитета)"
    r"|^муниципальн\w+ (?:\w+ )?(?:команд|рабоч|экспертн|штаб|проектн|оператор|предметн\w+ комисси|оргкомитет)"
    r"|^(?:районн|городск|окружн)\w+ (?:\w+ )?(?:команд|рабоч|экспертн|штаб|проектн|предметн\w+ комисси|оргкомитет)"
)
_EXTERNAL = (
    r"институт\w* (?:повышени|развити|непрерывн|стратег)|министерств|министр|университет|(?<![^\W_])академи\w|колледж"
    r"|техникум|профессиональн\w+ образовательн|профессиональн\w+ (?:организаци|учрежден)|высш\w+ учебн|полици"
    r"|внутренних дел|прокуратур|библиотек(?!ар)|музе[йия]|дом\w* культур|клубн\w+ учрежд|больниц|поликлиник"
    r"|здравоохранен"
    r"|медицинск|занятост|комисси\w+ по делам|несовершеннолетн|опек|социальн\w+ (?:защит|партн[её]р|обслуживан|служб)"
    r"|соцзащит|работодател|предприят|общественн\w+ (?:организаци|объединен|движен|палат|совет)|военкомат"
    r"|родительск\w+ общественн|^общественност|^администраци\w* (?!школ|оо|оу|образоват|общеобр|учрежд|организац"
    r"|гимн|лице|шно|шнс|шфн)"
    r"|^глав[аы] |отдел\w* (?:по )?(?:делам )?(?:культур|молод|спорт|физ|соц)|управлени\w* (?:по )?(?:культур|молод"
    r"|спорт|соц)"
    r"|комитет\w* (?:по )?(?:делам )?(?:культур|молод|спорт|физ|соц)|психолого-медико-педагогическ"
    r"|центр\w* (?:психолого|диагностики|социальн|непрерывн|опережающ|помощи|обработки|занятост)|движени\w+ первых"
    r"|централизованн\w+ бухгалтер|бухгалтер|издательств|средств\w* массовой|сельсовет|волонт[её]р"
    r"|(?:учрежден|организаци)\w+ (?:\w+ )?(?:культур|спорт|здравоохр)"
    r"|(?:г|кг|ог|об|фг|кк)(?:б|к|а)?у(?![^\W_])|независим\w+ (?:эксперт|наблюдател)|общественн\w+ наблюдател"
)
_ASSOCIATIONS = (
    r"(?:районн|окружн|городск|муниципальн|межмуниципальн|территориальн|предметн|межшкольн|кустов)?\w* ?"
    r"(?<!школьных )(?:методическ|методобъединен|профессиональн|педагогическ)\w* (?:\w+ )?(?:объединен|сообществ"
    r"|ассоциац)"
    r"|методобъединен|ассоциаци\w* (?:\w+ )?(?:учител|педагог|руководител|директор|молод)|(?<![^\W_])мо (?:учител"
    r"|педагог|клас)"
    r"|руководител\w+ (?:\w+ )?мо(?![^\W_])|клуб\w* (?:\w+ )?(?:молод|педагог|учител|директор)"
    r"|школ\w* (?:молодого|начинающего|резерва)|предметн\w+ (?:ассоциаци|сообществ)|сетев\w+ (?:\w+ )?сообществ"
    r"|совет[аыу]? (?:директор|руководител|молод)"
)
_PRESCHOOLS = (
    r"дошкольн|детск\w+ сад|д/с|детсад|заведующие$|старш\w+ воспитател|^воспитател"
    r"|учител\w+-(?:логопед|дефектолог)\w* д"
)
_EXTRA = (
    r"дополнительн\w+ (?:\w+ )?образовани|допобразован|(?:спортивн|музыкальн|художественн)\w* школ|школ\w* искусств"
    r"|педагог\w* (?:до|пдо)(?![^\W_])|внешкольн"
)
_ALL_SCHOOLS = (
    r"школ|(?:социальн\w+ педагог|психолог|логопед|дефектолог|библиотекар|вожат|советник|педагог\w*-)"
    r"|образовательн\w+ (?:и \w+ )?(?:организаци|учрежден|комплекс)|общеобразовательн"
    r"|(?:организаци|учреждени)\w+ (?:района|округа|города|образования)|гимназии|лицеи"
    r"|(?<![^\W_])[мг][бка]?оу(?![^\W_])"
)


def _pattern(kind: Kind, stems: str) -> re.Pattern[str]:
    words = ABBREVIATIONS.get(kind)
    begun = rf"(?<![^\W_])(?:{stems})"  # «министр» is no part of «администрация»
    return re.compile(f"{begun}|{_abbreviations(words)}" if words else begun)


PATTERNS = {
    Kind.EXTERNAL: _pattern(Kind.EXTERNAL, _EXTERNAL),
    Kind.OBJECTIVITY: _pattern(Kind.OBJECTIVITY, _OBJECTIVITY),
    Kind.RISK: _pattern(Kind.RISK, _RISK),
    Kind.LOW_RESULTS: _pattern(Kind.LOW_RESULTS, _LOW),
    Kind.LEADER_SCHOOLS: _pattern(Kind.LEADER_SCHOOLS, _LEADERS),
    Kind.UNKNOWN: _pattern(Kind.UNKNOWN, _PARTICIPANTS),
    Kind.METHODIST: _pattern(Kind.METHODIST, _METHODIST),
    Kind.DEPARTMENT: _pattern(Kind.DEPARTMENT, _DEPARTMENT),
    Kind.PRESCHOOLS: _pattern(Kind.PRESCHOOLS, _PRESCHOOLS),
    Kind.EXTRA_SCHOOLS: _pattern(Kind.EXTRA_SCHOOLS, _EXTRA),
    Kind.ALL_SCHOOLS: _pattern(Kind.ALL_SCHOOLS, _ALL_SCHOOLS),
    Kind.ASSOCIATIONS: _pattern(Kind.ASSOCIATIONS, _ASSOCIATIONS),
}
_SOME = re.compile(
    r"(?<![^\W_])(?:школ\w*|оо|оу|организаци\w+|учреждени\w+),? (?:со? |без |где |на базе|(?:в )?котор)"
    r"|(?<![^\W_])(?:малокомплектн|малочисленн|сельск|удал[её]нн|отдельн|некотор|ряд|часть|кадетск|коррекционн|вечерн"
    r"|отобранн|указанн|остальн|друг|сетев|кластер|проекта|проектов)\w*(?![^\W_])"
)
# What every school does: no restriction.
_OF_ALL = re.compile(r"реализующ|осуществляющ|подведомств|расположенн|находящ|общеобразоват")
_PARTICIPLE = re.compile(
    r"(?:\w+(?:ющ|ящ|ущ|ащ|[вгдсз]ш)|(?:включ|назнач|закрепл|отобр|утвержд|определ|подведомств|располож)\w*нн)"
    r"(?:ие|ые|их|ых|ий|ый|ая|ее|ей|его|ими|ыми)(?:ся)?"
)
_NOT_PARTICIPLE = re.compile(
    r"заведующ|обучающ|учащ|ответственн|общественн|ведущ|управляющ|начинающ|отстающ|текущ|будущ"
    r"|младш|старш|высш|низш"
)
SCHOOL_GROUPS = (
    Kind.OBJECTIVITY,
    Kind.RISK,
    Kind.LOW_RESULTS,
    Kind.LEADER_SCHOOLS,
    Kind.PRESCHOOLS,
    Kind.EXTRA_SCHOOLS,
    Kind.ALL_SCHOOLS,
)
_SAID_BEFORE_A_CLAUSE = (Kind.ASSOCIATIONS, Kind.EXTERNAL, Kind.METHODIST, Kind.DEPARTMENT)
# Whom a role means where nothing else is said.
BY_ROLE = {
    **dict.fromkeys(("director", "deputy", "teacher", "pupils", "administration"), Kind.ALL_SCHOOLS),
    "methodist": Kind.METHODIST,
    "curator": Kind.CURATORS,
    "coordinator": Kind.COORDINATOR,
    "parents": Kind.EXTERNAL,
}


def is_known_abbreviation(plain: str) -> bool:
    """«уо», «оо-участницы»: the abbreviation stands alone or before a hyphen."""
    return _KNOWN.fullmatch(re.split(r"[-–—](?=[а-я]{4})", plain)[0]) is not None


def is_participle(plain: str) -> bool:
    """«функционирующих», «вошедшие»: a clause follows that belongs to what stands before."""
    return _PARTICIPLE.fullmatch(plain) is not None and not _NOT_PARTICIPLE.match(plain)


def is_area_of_work(plain: str) -> bool:
    """«увр», «вр», «впр»: what somebody answers for, nobody."""
    return _AREA.fullmatch(plain) is not None


def kind_of(plain: str, role: str) -> Kind:
    """The kind of a text that names no single school; UNKNOWN where nothing of it is understood."""
    if WITHIN_SCHOOLS.search(plain):
        return school_group(plain) or Kind.ALL_SCHOOLS
    if REGIONAL.match(plain):
        return Kind.EXTERNAL
    if _MUNICIPAL_CENTRE.match(plain):
        return Kind.METHODIST
    if role in ("curator", "coordinator"):
        return _kind_of_curators(plain, role)
    outer = _before_clause(plain)
    for kind in (Kind.ASSOCIATIONS, *PATTERNS):
        if PATTERNS[kind].search(outer if kind in _SAID_BEFORE_A_CLAUSE else plain):
            return _some_schools_only(plain, _of_the_region(plain, kind))
    return Kind.DEPARTMENT if re.match(r"специалист", plain) else BY_ROLE.get(role, _of_bare_head(plain))


def school_group(plain: str) -> Kind | None:
    """Which schools: those at risk, with low results, kindergartens …; None where no schools are named."""
    return next((kind for kind in SCHOOL_GROUPS if PATTERNS[kind].search(plain)), None)


def _kind_of_curators(plain: str, role: str) -> Kind:
    within = re.search(r"(?:координатор\w*|организатор\w*) (?:\w+ ){0,2}?(?:в )?(?:оо|оу|школ\w*)(?![^\W_])", plain)
    return Kind.ALL_SCHOOLS if within else BY_ROLE[role]


def _of_the_region(plain: str, kind: Kind) -> Kind:
    """«Управление образования и науки … области» is no department of a municipality."""
    regional = kind is Kind.DEPARTMENT and _REGION.search(plain) and not _WITHIN_REGION.search(plain)
    return Kind.EXTERNAL if regional else kind


def _some_schools_only(plain: str, kind: Kind) -> Kind:
    """«Школы, имеющие кадетские классы», «малокомплектные школы» are not all schools: which, only the user knows."""
    if kind is not Kind.ALL_SCHOOLS:
        return kind
    restricted = _SOME.search(plain) or any(is_participle(word) for word in plain.split() if not _OF_ALL.match(word))
    return Kind.UNKNOWN if restricted else kind


def _before_clause(plain: str) -> str:
    """«школы, вошедшие в проект министерства» → «школы»: of whom a clause tells is no executor."""
    words = plain.split()
    end = next((i for i, word in enumerate(words) if i and is_participle(word)), len(words))
    return " ".join(words[:end]).strip(" ,")


def _of_bare_head(plain: str) -> Kind:
    """«Руководители» alone are those of schools."""
    return Kind.ALL_SCHOOLS if re.fullmatch(r"(?:все )?(?:их )?(?:руководител[ьи]|работники)", plain) else Kind.UNKNOWN
