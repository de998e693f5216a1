"""What looks like one person's data is marked, in four languages; figures and days are not."""

import pytest

from advocacy.text.personal import Kind, digest, marks


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Call +962 79 123 4567 at night.", Kind.PHONE, "+962 79 123 4567"),
        ("Call 0791234567.", Kind.PHONE, "0791234567"),
        ("Tel. (0) 79-123-45-67", Kind.PHONE, "(0) 79-123-45-67"),
        ("اتصل على ٠٧٩١٢٣٤٥٦٧ الآن", Kind.PHONE, "٠٧٩١٢٣٤٥٦٧"),
        ("Write to amal.k@example.org soon", Kind.MAIL, "amal.k@example.org"),
        ("Passport no. N1234567 was taken", Kind.NUMBER, "Passport no. N1234567"),
        ("sa carte d'identité n° 99887766", Kind.NUMBER, "carte d'identité n° 99887766"),
        ("cédula 1.2 no; DNI 12345678", Kind.NUMBER, "DNI 12345678"),
        ("بطاقة هوية رقم ٩٨٧٦٥٤٣٢١", Kind.NUMBER, "بطاقة هوية رقم ٩٨٧٦٥٤٣٢١"),
        ("registered as 199012345678 there", Kind.NUMBER, "199012345678"),
        ("A 14-year-old was held in Port", Kind.AGE, "14-year-old"),
        ("a woman aged 34 in Port", Kind.AGE, "aged 34"),
        ("une fille de 14 ans à Port", Kind.AGE, "fille de 14 ans"),
        ("Il est âgé de 40 ans", Kind.AGE, "âgé de 40 ans"),
        ("una niña de 9 años en Puerto", Kind.AGE, "niña de 9 años"),
        ("14 años de edad", Kind.AGE, "14 años de edad"),
        ("إنها هنا، عمرها ١٤ سنة", Kind.AGE, "عمرها ١٤"),
        ("طفلة 9 سنوات في الميناء", Kind.AGE, "طفلة 9 سنوات"),
    ],
)
def test_it_is_marked(text: str, kind: Kind, words: str) -> None:
    assert [(mark.kind, mark.words) for mark in marks(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "About 1 200 000 people, 12.500.000 at most",
        "On 2026-11-22, 22/11/2026 and 22.11.2026",
        "From 2024-2026 and 2019 – 2021",
        "Children aged 5 to 17, women aged 15-49, people aged 60 and over",
        "depuis 5 ans, il y a 12 ans; les enfants de 6 à 11 ans",
        "hace 5 años, en los últimos 10 años",
        "منذ ٥ سنوات",
        "Between 1,200 and 1,500 people; 3 of 16 clinics; JO0203 and TST01002",
        "In case 3 of the report; id est",
        "",
    ],
)
def test_it_is_nobodys(text: str) -> None:
    assert marks(text) == []


def test_places_are_those_of_the_text_as_written() -> None:
    text = "هاتف ٠٧٩١٢٣٤٥٦٧، بريد a@b.org"
    assert [text[m.start : m.end].strip() for m in marks(text)] == [m.words for m in marks(text)]


def test_agreement_is_to_these_words_in_any_order_and_to_no_others() -> None:
    one, two = marks("a@b.org 0791234567"), marks("0791234567 … A@B.ORG")
    assert digest(one) == digest(two) != digest(marks("a@b.org"))
    assert digest([]) == ""
