"""Why the system itself cancels an assignment that nobody has begun, or does not track it.

An assignment cancelled for one of these is no decision of a person: it comes back when its executor does, and a new
edition may ask for the same again.
"""

LEFT_THE_LIST = "школы больше нет в подтверждённом списке"
GONE_TO_SCHOOLS = "поручение перешло к школам подтверждённого списка"
CLOSED = "организация закрыта"
EXECUTOR_CHANGED = "исполнитель мероприятия изменён"
EXCLUDED = "исключено при внесении изменений"
DATES_CHANGED = "срок изменён при внесении изменений"
PASSED_BEFORE = "срок прошёл раньше дня, с которого спрашивают отчёты"
MERGED = "поручение той же школы уже выполняется под другой её записью"

BY_ITSELF = (LEFT_THE_LIST, GONE_TO_SCHOOLS, CLOSED, EXECUTOR_CHANGED, EXCLUDED, DATES_CHANGED)
