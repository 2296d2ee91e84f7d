"""Registers in our own form, as small as a test needs them."""

from tests.core.collection.readers.books import xlsx

HEADER = ["Краткое название", "Полное название", "Вид", "Тип школы", "Муниципалитет", "Регион",
          "Вышестоящая организация", "Местность", "Статус", "Логины"]  # fmt: skip


def line(name: str, logins: str, municipality: str = "Приречный район", region: str = "Приозёрная область") -> list:
    return [name, None, "школа", None, municipality, region, None, None, None, logins]


def register(*lines: list) -> bytes:
    return xlsx([HEADER, *lines])
