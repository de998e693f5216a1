"""What may pass as spelling: little, and nothing that carries meaning. Rules alone."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocacy.text.editorial import MOST_WORDS, is_spelling, spelled_otherwise
from advocacy.text.hashes import Clause

TEXTS = (
    "Four clinics have been turned back since October. The Governor must not close them.",
    "Nous demandons que les civils puissent partir avant le 3 mars, sans aucune condition.",
    "Pedimos que ninguna persona sea devuelta a Valle Azul; al menos 40 familias deben salir.",
    "نطلب ألا تُغلق أي عيادة قبل 3 آذار، وأن يُسمح للعائلات بالمغادرة.",
)
SENSITIVE = (
    *("not", "never", "must", "should", "may", "all", "some", "most", "no", "only", "without"),
    *("ne", "pas", "jamais", "doit", "peut", "tous", "plusieurs", "sans", "aucun"),
    *("nunca", "debe", "puede", "todos", "ninguno", "sin", "varios", "tres"),
    *("لا", "لم", "لن", "يجب", "قد", "كل", "بعض", "ليس", "بدون"),
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We recieved them.", "We received them."),
        ("It has occured in May.", "It has occurred in May."),
        ("Their  rights\nare  clear", "Their rights\nare clear."),
        ("“Open it”, they said", '"Open it", they said'),
        ("l’accès humanitaire", "l'accès humanitaire"),
        ("Ils partent !", "Ils partent\u00a0!"),
        ("العيـــادات مفتوحة", "العيادات مفتوحة"),
        ("the goverment of the day", "the goverment of the day."),
    ],
)
def test_spelling_and_layout_pass(before: str, after: str) -> None:
    assert spelled_otherwise(before, after) is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("lawful acts", "unlawful acts"),
        ("40 families", "04 families"),
        ("40 families", "400 families"),
        ("1 000 families", "1000 families"),
        ("1,000 families", "1.000 families"),
        ("a possible attack", "an impossible attack"),
        ("The clinics, which burned, are closed.", "The clinics which burned are closed."),
        ("the state", "the State"),
        ("Sanaa is open", "Snaaa is open"),
        ("Valley of Haradh", "Valley of Hardah"),
        ("they were scarred", "they were scared"),
        ("the marital law", "the martial law"),
        ("the united front", "the untied front"),
        ("a conversation plan", "a conservation plan"),
        ("they attack", "they attacked"),
        ("one clinic", "one clinics"),
        ("it may close", "it must close"),
        ("nowhere safe", "now here safe"),
        ("il publie", "il publié"),
        ("él publico la lista", "él publicó la lista"),
        ("قَتَلَ الرجل", "قُتِلَ الرجل"),
        ("فتح المعبر", "فتحوا المعبر"),
        ("Is it open?", "Is it open."),
        ("They left.", "They left!"),
        ("since tuesday", "since tuedsay"),
        ("enterado de todo", "enterrado de todo"),
        ("we *must* act", "we must act"),
        ("re-signed", "resigned"),
        ("women's rights", "womens rights"),
        ("Open it. Close it.", "Close it. Open it."),
        ("٤٠ عائلة", "٤ عائلة"),
        ("5 < 6", "5 > 6"),
        ("", "x"),
    ],
)
def test_what_carries_meaning_never_passes(before: str, after: str) -> None:
    assert spelled_otherwise(before, after) is None
    assert spelled_otherwise(after, before) is None


def test_many_slips_are_no_slip() -> None:
    def text(word: str, times: int) -> list[Clause]:
        return [Clause(UUID(int=1), "paragraph", "", " and ".join([word] * times))]

    assert is_spelling(text("recieved", MOST_WORDS), text("received", MOST_WORDS))
    assert not is_spelling(text("recieved", MOST_WORDS + 1), text("received", MOST_WORDS + 1))


def test_a_clause_more_or_moved_or_of_another_kind_is_substance() -> None:
    one, two = (Clause(UUID(int=n), "paragraph", "", f"Word {n}") for n in (1, 2))
    assert is_spelling([one, two], [one, two])
    assert not is_spelling([one, two], [two, one])
    assert not is_spelling([one], [one, two])
    assert not is_spelling([one], [Clause(one.cid, "recommendation", "", one.text)])


@settings(max_examples=120)
@given(st.sampled_from(TEXTS), st.sampled_from(SENSITIVE), st.integers(0, 30), st.booleans())
def test_no_word_more_or_less_is_spelling(text: str, word: str, at: int, less: bool) -> None:
    words = text.split(" ")
    place = at % len(words)
    changed = [*words[:place], *([] if less else [word]), *words[place + less :]]
    assert spelled_otherwise(text, " ".join(changed)) is None
    swapped = [*words[:place], word, *words[place + 1 :]]
    if words[place] != word:
        assert spelled_otherwise(text, " ".join(swapped)) is None


@settings(max_examples=120)
@given(st.sampled_from(TEXTS), st.integers(0, 200), st.characters(categories=["L", "N", "P", "S"]))
def test_no_sign_put_in_anywhere_passes_unless_it_is_looks(text: str, at: int, sign: str) -> None:
    """A letter twice inside a long small word passes, and marks that only look otherwise."""
    place = at % len(text)
    changed = spelled_otherwise(text, text[:place] + sign + text[place:])
    doubled = sign.isascii() and sign.islower() and sign in text[max(0, place - 1) : place + 1]
    around = text[max(0, place - 1) : place + 1]
    looks = sign == "\u0640" or (sign == "." and ("." in around or around.strip() != around))
    assert changed is None or doubled or looks


@settings(max_examples=60)
@given(st.sampled_from(TEXTS), st.integers(0, 300), st.sampled_from("0123456789٠١٢٣٤٥٦٧٨٩"))
def test_no_digit_changes(text: str, at: int, digit: str) -> None:
    place = at % (len(text) + 1)
    assert spelled_otherwise(text, text[:place] + digit + text[place:]) is None
    bare = "".join(sign for sign in text if not sign.isdigit())
    assert bare == text or spelled_otherwise(text, bare) is None
