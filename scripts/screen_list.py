"""What `make screens` renders: pages (name, address, whose eyes) and documents (name, address, whose eyes).

Words in braces are places of the demonstration district (tests/browser/places.py) and the batches in other states
that scripts/screens.py makes before it looks: {waiting}, {refused}, {withdrawn}.
"""

from typing import NamedTuple


class Look(NamedTuple):
    """A picture to take: the file's name, the address on the server, the login of the demonstration or None."""

    name: str
    url: str
    login: str | None = None


PEOPLE = ("district", "school", "region", "admin", "methodist")
DISTRICT, SCHOOL, REGION, ADMIN, METHODIST = (f"{word}@msoko.example" for word in PEOPLE)
TABS = ("schools", "scores", "journal", "items", "classes", "years")
WORK = "/results/{work}/"
PROGRAMME = "/programmes/{programme}/"
PROGRAMME_TABS = ("swot", "roadmaps", "editions", "schools")
ROADMAP_VIEWS = ("month", "gantt", "progress", "past")

PAGES: list[Look] = [
    Look("login", "/login/"),
    Look("overview", "/", DISTRICT),
    Look("overview-school", "/", SCHOOL),
    Look("overview-region", "/", REGION),
    Look("overview-admin", "/", ADMIN),
    Look("data", "/data/", DISTRICT),
    Look("data-school", "/data/", SCHOOL),
    Look("batch-waiting", "{waiting}", DISTRICT),
    Look("batch-refused", "{refused}", DISTRICT),
    Look("batch-withdrawn", "{withdrawn}", DISTRICT),
    Look("batch-accepted", "/data/batches/{batch}/", DISTRICT),
    Look("results", "/results/", DISTRICT),
    Look("results-school", "/results/", SCHOOL),
    Look("procedure", WORK, DISTRICT),
    *(Look(f"procedure-{tab}", f"{WORK}{tab}/", DISTRICT) for tab in TABS),
    Look("procedure-region", WORK, REGION),
    Look("procedure-municipalities", WORK + "municipalities/", REGION),
    Look("procedure-of-school", WORK, SCHOOL),
    Look("procedure-of-school-items", WORK + "items/", SCHOOL),
    Look("procedure-of-school-classes", WORK + "classes/", SCHOOL),
    Look("procedure-weak-school", WORK + "items/?territory={weak_school}", DISTRICT),
    Look("school-groups", "/schools/{own_school}/groups/", DISTRICT),
    Look("school-groups-own", "/schools/{own_school}/groups/", SCHOOL),
    Look("contradictions", "/data/contradictions/", DISTRICT),
    Look("contradictions-school", "/data/contradictions/", SCHOOL),
    Look("tasks", "/tasks/?procedure={work}", DISTRICT),
    Look("tasks-region", "/tasks/?procedure={work}", REGION),
    Look("tasks-school", "/tasks/?procedure={work}", SCHOOL),
    Look("procedure-exam", "/results/{exam}/", DISTRICT),
    Look("scale", WORK + "scale/", ADMIN),
    Look("schools", "/schools/", DISTRICT),
    Look("schools-filtered", "/schools/?school_type=basic&area=rural", DISTRICT),
    Look("schools-none-found", "/schools/?q=нет+такой", DISTRICT),
    Look("school-weak", "/schools/{weak_school}/", DISTRICT),
    Look("school-small", "/schools/{small_school}/", DISTRICT),
    Look("school-own", "/schools/{own_school}/", SCHOOL),
    Look("school-results", "/schools/{weak_school}/results/", DISTRICT),
    Look("school-edit", "/schools/{weak_school}/edit/", DISTRICT),
    Look("school-merge", "/schools/{weak_school}/merge/", DISTRICT),
    Look("support", "/support/", DISTRICT),
    Look("support-few", "/support/?min_n=1", DISTRICT),
    Look("support-region", "/support/", REGION),
    Look("finding", "/findings/{finding}/", DISTRICT),
    Look("objectivity", "/objectivity/", DISTRICT),
    Look("objectivity-before", "/objectivity/?year=2025", DISTRICT),
    Look("objectivity-region", "/objectivity/", REGION),
    Look("signal", "/objectivity/objectivity.inflated_mean/", DISTRICT),
    Look("signal-of-classes", "/objectivity/objectivity.item_inversion/", DISTRICT),
    Look("signal-of-classes-region", "/objectivity/objectivity.item_inversion/", REGION),
    Look("finding-signal", "/findings/{signal}/", DISTRICT),
    Look("finding-class", "/findings/{class_signal}/", DISTRICT),
    Look("finding-class-region", "/findings/{class_signal}/", REGION),
    Look("methods", "/methods/", DISTRICT),
    Look("method", "/methods/low_results.posterior/", DISTRICT),
    Look("method-school", "/methods/low_results.posterior/", SCHOOL),
    Look("programmes", "/programmes/", DISTRICT),
    Look("programmes-school", "/programmes/", SCHOOL),
    Look("programme-start", "/programmes/start/", DISTRICT),
    Look("programme", PROGRAMME, DISTRICT),
    *(Look(f"programme-{tab}", f"{PROGRAMME}tab/{tab}/", DISTRICT) for tab in PROGRAMME_TABS),
    Look("programme-school", PROGRAMME, SCHOOL),
    Look("programme-new-edition", f"{PROGRAMME}edition/", DISTRICT),
    Look("signed-documents", "/roadmaps/imports/", DISTRICT),
    Look("roadmap", "/roadmaps/{roadmap}/", DISTRICT),
    Look(
        "roadmap-columns",
        "/roadmaps/{roadmap}/?show=number&show=result&show=evidence&show=state",
        DISTRICT,
    ),
    Look("roadmap-month-empty", "/roadmaps/{roadmap}/month/?month=2028-01", DISTRICT),
    *(Look(f"roadmap-{view}", f"/roadmaps/{{roadmap}}/{view}/", DISTRICT) for view in ROADMAP_VIEWS),
    Look("roadmap-school", "/roadmaps/{roadmap}/", SCHOOL),
    Look("roadmap-region", "/roadmaps/{roadmap}/", REGION),
    Look("month", "/month/", DISTRICT),
    Look("month-school", "/month/", SCHOOL),
    Look("activities", "/activities/", DISTRICT),
    Look("activity", "/activities/{activity}/", DISTRICT),
    Look("my-tasks", "/my-tasks/", DISTRICT),
    Look("my-tasks-school", "/my-tasks/", SCHOOL),
    Look("assignments", "/assignments/", DISTRICT),
    Look("assignments-overdue", "/assignments/?state=overdue", DISTRICT),
    Look("assignment-to-report", "/assignments/{own_assignment}/", SCHOOL),
    Look("assignment-to-verify", "/assignments/{reported}/", DISTRICT),
    Look("verifying", "/verifying/", METHODIST),
    Look("reminders", "/reminders/", DISTRICT),
    Look("reminders-school", "/reminders/", SCHOOL),
    Look("board", "/board/", DISTRICT),
    Look("board-direction", "/board/low_results/", DISTRICT),
    Look("place", "/schools/place/", ADMIN),
    Look("register", "/schools/register/", DISTRICT),
    Look("people", "/people/", DISTRICT),
    Look("person", "/people/{methodist}/", DISTRICT),
    Look("password", "/password/", DISTRICT),
    Look("audit", "/audit/", DISTRICT),
    Look("design", "/design/", ADMIN),
    Look("refused-forbidden", "/people/", SCHOOL),
    Look("refused-not-found", "/no/such/page/", DISTRICT),
]

# A fresh system, with nothing in it but its administrator.
EMPTY_PAGES: list[Look] = [
    Look("empty-login", "/login/"),
    Look("empty-overview", "/", ADMIN),
    Look("empty-data", "/data/", ADMIN),
    Look("empty-results", "/results/", ADMIN),
    Look("empty-schools", "/schools/", ADMIN),
    Look("empty-support", "/support/", ADMIN),
    Look("empty-audit", "/audit/", ADMIN),
]

DOCUMENTS: list[Look] = [
    *(
        Look(f"note-{whose}.{form}", f"/results/{{work}}/note/?territory={{{whose}}}&format={form}", DISTRICT)
        for whose in ("district", "weak_school", "small_school")
        for form in ("docx", "pdf")
    ),
    *(
        Look(f"roadmap-{what}.{form}", f"/roadmaps/{{roadmap}}/{what}/?format={form}", DISTRICT)
        for what in ("document", "report")
        for form in ("docx", "pdf")
    ),
]

# These answer with a refusal, and are looked at because of it.
REFUSALS = {"refused-forbidden": 403, "refused-not-found": 404}
# The one picture that README shows.
FRONT = Look("overview", "/", DISTRICT)
