"""Why a document cannot be read, in Russian, and what to do about it."""

SAVE_AS_DOCX = "Откройте его в Word или LibreOffice и сохраните как DOCX («Документ Word»), затем загрузите снова."
UPLOAD_AGAIN = "Скачайте или сохраните файл заново и загрузите ещё раз."


class UnreadableDocument(Exception):
    """The document gives no lines. `message` says what is wrong, `advice` what to do; both in Russian."""

    def __init__(self, message: str, advice: str, code: str = "unreadable_document") -> None:
        super().__init__(f"{message} {advice}")
        self.message, self.advice, self.code = message, advice, code


def damaged() -> UnreadableDocument:
    return UnreadableDocument("Файл повреждён: он обрывается или испорчен.", UPLOAD_AGAIN, "damaged")


def too_much(what: str) -> UnreadableDocument:
    """`what` begins the sentence «… — больше, чем можно безопасно открыть»."""
    advice = "Разделите документ на части: по одной программе или дорожной карте в файле."
    return UnreadableDocument(f"{what} — больше, чем можно безопасно открыть.", advice, "too_large")


def locked() -> UnreadableDocument:
    advice = "Откройте файл, снимите пароль («Файл» → «Сведения» → «Защита») и загрузите снова."
    return UnreadableDocument("Файл закрыт паролем.", advice, "password_needed")
