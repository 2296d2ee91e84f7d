"""Deeds of the audit in Russian. A deed that is not here shows its code: seen at once, never hidden."""

from msoko.web.people.models import Role

ACTIONS = {
    "activity_dates_corrected": "Исправлены даты мероприятия",
    "activity_executor_corrected": "Исправлен исполнитель мероприятия",
    "assignment_cancelled": "Поручение отменено",
    "assignment_postponed": "Срок поручения перенесён",
    "assignment_reopened": "Поручение возобновлено",
    "assignment_untracked": "Поручение больше не отслеживается",
    "assignments_given": "Поручения розданы",
    "assignments_overdue": "Замечены просроченные поручения",
    "assignments_refreshed": "Поручения приведены к нынешним исполнителям",
    "assignments_taken_over": "Поручения перешли в новую редакцию",
    "batch_accepted": "Протокол принят",
    "batch_discarded": "Протокол не принят",
    "batch_withdrawn": "Протокол отозван",
    "calendar_link_made": "Выдана ссылка на календарь",
    "calendar_link_revoked": "Ссылка на календарь закрыта",
    "evidence_added": "Приложено подтверждение",
    "evidence_withdrawn": "Подтверждение отозвано",
    "execution_accepted": "Отчёт об исполнении принят",
    "execution_reported": "Сдан отчёт об исполнении",
    "execution_returned": "Отчёт об исполнении возвращён",
    "execution_started": "Поручение взято в работу",
    "finding_confirmed": "Вывод подтверждён",
    "finding_dismissed": "Вывод снят",
    "finding_reopened": "Решение о выводе отменено",
    "imported_group_renamed": "Раздел документа переименован",
    "imported_row_added": "В документ внесена строка",
    "imported_row_edited": "Строка документа исправлена",
    "imported_row_split": "Строка документа разделена",
    "imported_rows_checked": "Строки документа проверены",
    "imported_rows_dropped": "Строки документа исключены",
    "imported_rows_evidence": "Сказано, что приложить к отчётам по строкам документа",
    "imported_rows_merged": "Строки документа соединены",
    "imported_rows_moved": "Строки документа перенесены в другой раздел",
    "imported_rows_restored": "Строки документа возвращены",
    "imported_rows_unchecked": "Отметка о проверке строк снята",
    "key_attached": "Логин присвоен школе",
    "occurrences_settled": "Сроки мероприятий рассчитаны",
    "organisation_described": "Сведения о школе изменены",
    "organisation_renamed": "Организация переименована",
    "parameters_set": "Заданы параметры методики",
    "parameters_withdrawn": "Параметры методики отозваны",
    "password_link_made": "Выдана ссылка для нового пароля",
    "password_set": "Задан пароль",
    "person_deactivated": "Учётная запись закрыта",
    "person_invited": "Приглашён человек",
    "person_reactivated": "Учётная запись открыта снова",
    "programme_approved": "Программа утверждена",
    "programme_closed": "Программа завершена",
    "programme_descended": "Начата программа школы по муниципальной",
    "programme_discarded": "Проект программы удалён",
    "programme_edited": "Изменён проект программы",
    "programme_edition_started": "Начато внесение изменений в программу",
    "programme_followed": "Школа перешла на новую муниципальную редакцию",
    "programme_started": "Начата программа",
    "register_imported": "Загружен реестр организаций",
    "roadmap_document_described": "Паспорт документа исправлен",
    "roadmap_document_discarded": "Документ отклонён",
    "roadmap_document_live": "Документ стал программой",
    "roadmap_document_received": "Загружен подписанный документ",
    "roadmap_document_reopened": "Документ возвращён на проверку",
    "role_ended": "Роль снята",
    "role_given": "Роль дана",
    "scale_entered": "Введена шкала",
    "scale_withdrawn": "Шкала отозвана",
    "school_closed": "Школа закрыта",
    "school_reopened": "Школа снова работает",
    "schools_created": "Созданы школы",
    "schools_merged": "Школы объединены",
    "schools_placed": "Школы размещены в муниципалитете",
    "territory_created": "Создана территория",
}
FIELDS = {
    "before": "было",
    "now": "стало",
    "count": "количество",
    "created": "создано",
    "changed": "изменено",
    "unchanged": "без изменений",
    "placed": "размещено",
    "territories_created": "территорий создано",
    "email": "почта",
    "key": "логин",
    "keys": "логины",
    "name": "название",
    "what": "что",
    "order": "приказ",
    "template": "шаблон",
    "edition": "редакция",
    "asked_since": "сроки спрашивают с",
    "untracked": "из них не отслеживается",
    "path": "файл",
    "reason": "причина",
    "allowed_by": "кто разрешил",
    "was_due": "прежний срок",
    "due": "новый срок",
    "role": "роль",
}
ROLES = {role.value: str(role.label) for role in Role}
MOST_LISTED = 5  # a register brings hundreds of logins; the entry keeps them all, the screen the first


def action_in_words(action: str) -> str:
    return ACTIONS.get(action, action)


def details_in_words(details: dict[str, object]) -> str:
    """«было: СОШ № 1; стало: Школа № 1»; ids and what is empty are left out."""
    said = [
        f"{FIELDS[key]}: {_value(value)}" for key, value in details.items() if key in FIELDS and value not in ("", [])
    ]
    return "; ".join(said)


def _value(value: object) -> str:
    if isinstance(value, list):
        more = f" и ещё {len(value) - MOST_LISTED}" if len(value) > MOST_LISTED else ""
        return ", ".join(str(one) for one in value[:MOST_LISTED]) + more
    return ROLES.get(str(value), str(value))
