"""Only harmless files are taken, told by content, under harmless names."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.web.roadmap.evidence import BY_MEDIA_TYPE, Refused, clean_name, type_of
from tests.web.roadmap.files import BAD, GOOD


@pytest.mark.parametrize("what", sorted(GOOD))
def test_a_harmless_file_is_taken_for_what_it_is(what: str) -> None:
    name, data = GOOD[what]
    kind = type_of(data, name)
    assert kind.slug == what.split()[0]
    assert clean_name(name, kind.endings) == name.replace(".JPG", ".jpg")


@pytest.mark.parametrize("what", sorted(BAD))
def test_a_file_that_could_do_harm_is_refused_with_the_reason(what: str) -> None:
    name, data, said = BAD[what]
    with pytest.raises(Refused, match=said):
        type_of(data, name)


@pytest.mark.parametrize("what", sorted(what for what in GOOD if not what.startswith(("txt", "csv"))))
def test_the_name_decides_nothing_about_a_document_or_a_picture(what: str) -> None:
    kind = type_of(GOOD[what][1], "отчёт.exe")
    assert clean_name("отчёт.exe", kind.endings) == f"отчёт.exe{kind.endings[0]}"


@given(st.binary(max_size=300), st.sampled_from(["", "%PDF-", "PK\x03\x04", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff"]))
def test_any_bytes_are_either_of_a_known_type_or_refused(data: bytes, beginning: str) -> None:
    """No other error than Refused comes out."""
    with suppress(Refused):
        assert type_of(beginning.encode("latin-1") + data, "файл") in BY_MEDIA_TYPE.values()


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\директор\\Приказ № 5.pdf", "Приказ № 5.pdf"),
        ("при\u202efdp.exe", "приfdp.exe.pdf"),
        ("приказ\u200b\u00ad.pdf", "приказ.pdf"),
        ("приказ\x00\r\nSet-Cookie: a=b.pdf", "приказ Set-Cookie_ a=b.pdf"),
        ('при"ка<з>|?*.pdf', "при_ка_з____.pdf"),
        ("  .hidden. .pdf", "hidden.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "файл.pdf"),
        ("", "файл.pdf"),
        ("CON.pdf", "файл CON.pdf"),
        ("nul.txt", "файл nul.txt.pdf"),
        ("и\u0306.pdf", "й.pdf"),
        ("я" * 400 + ".PDF", "я" * 116 + ".pdf"),
    ],
)
def test_a_name_is_harmless_on_every_system(said: str, stored: str) -> None:
    assert clean_name(said, (".pdf",)) == stored


@given(st.text(max_size=200))
def test_no_name_escapes_its_folder_or_hides_its_ending(said: str) -> None:
    name = clean_name(said, (".pdf",))
    assert name.endswith(".pdf")
    assert 4 < len(name) <= 120
    assert not set(name) & set('/\\<>:"|?*\r\n\0\u202e\u200b')
    assert name == clean_name(name, (".pdf",))
