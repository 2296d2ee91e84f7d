"""Invented files for the browser tests and the pictures, written in the official layout by the simulation."""

from pathlib import Path

from msoko.simulation import simulate


def protocols(folder: Path, schools: int = 20, seed: int = 7) -> dict[int, Path]:
    """Grade → protocol of ВПР in mathematics, named as people name files.

    More than eighteen schools are of two districts, of which the first is the demonstration's.
    """
    simulate(folder, schools=schools, seed=seed, years=(2026,), subjects=("МА",))
    written = {int(file.parent.name): file for file in folder.glob("ВПР/2026/*/Математика.xlsx")}
    return {
        grade: file.rename(folder / f"Математика, {grade} класс, ВПР 2026.xlsx")
        for grade, file in sorted(written.items())
    }


def not_a_protocol(folder: Path) -> Path:
    """A table that is no form of any kind."""
    file = folder / "Список класса.csv"
    file.write_text("Фамилия;Оценка\nИванов;5\nПетрова;4\n", encoding="utf-8")
    return file


def empty_file(folder: Path) -> Path:
    """What a broken connection leaves: a name and nothing in it."""
    file = folder / "Пустой файл.xlsx"
    file.write_bytes(b"")
    return file
