import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.text.canon import LARGEST_INT, canonical_json, normalise, plain, shown

RLO, PDF, RLI, PDI = "\u202e", "\u202c", "\u2067", "\u2069"

messy = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\r\n\t \x00\x0b\x85\u2028\ufeffe\u0301\u00e9\u200f" + RLO + PDF + RLI + PDI
        ),
    )
)


@given(messy)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(messy)
def test_a_normal_form_is_nfc_and_has_no_control_characters_or_trailing_blanks(text: str) -> None:
    found = normalise(text)
    assert unicodedata.is_normalized("NFC", found)
    assert not [c for c in found if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t"]
    assert all(line == line.rstrip() for line in found.split("\n"))
    assert found == found.strip("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("e\u0301", "\u00e9"),
        ("e\x00\u0301", "\u00e9"),
        ("\n \n  a \t\n\nb  \n\n", "  a\n\nb"),
        ("a\tb\x07", "a\tb"),
        ("\ud800", "\ufffd"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_normal_forms(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"a {RLI}b{PDI} c", f"a {RLI}b{PDI} c"),
        (f"a {RLO}b c", "a b c"),
        (f"a {RLO}b\nc{PDF}", "a b\nc"),
        (f"a{PDI}{PDF}b", "ab"),
        (f"{RLI}a{RLO}b{PDI}c{PDF}", f"{RLI}ab{PDI}c"),
        (f"{RLO}{RLI}a{PDI}b{PDF}", f"{RLO}{RLI}a{PDI}b{PDF}"),
        (f"{RLI}a{PDF}b{PDI}", f"{RLI}ab{PDI}"),
        (f"{RLI}a{PDI}b{PDI}c", f"{RLI}a{PDI}bc"),
    ],
)
def test_a_direction_control_without_its_partner_goes(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_joiners_that_arabic_scripts_need_stay() -> None:
    verb = "\u0645\u06cc\u200c\u062e\u0648"
    assert normalise(verb) == verb


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("We **must** protect “civilians”.", "We must protect 'civilians'."),
        ("See [the report](https://a.org/x) now", "See the report\nnow"),
        ("don\u2019t stop", "don't  stop"),
        ("co\u00adordinate", "coordinate"),
        ("- one\n- two", "• one • two"),
        ("\ufb01nd", "find"),
    ],
)
def test_a_printed_copy_has_the_same_plain_form(written: str, printed: str) -> None:
    assert plain(written) == plain(printed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5 million", "15 million"),
        ("must go", "must not go"),
        ("حق", "حقّ"),
        ("can not", "cannot"),
    ],
)
def test_other_words_have_another_plain_form(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_shown_drops_marks_and_keeps_stops_and_case() -> None:
    assert shown("# The **Right**\nto [return](https://a.org), now.") == "The Right to return, now."


def test_canonical_json_sorts_keys_as_utf16_and_writes_utf8() -> None:
    # The example of RFC 8785, section 3.2.3.
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    found = json.loads(canonical_json(dict.fromkeys(keys, 0)))
    assert list(found) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert canonical_json({"b": [1, True, None], "a": 'é"\n\x1f/'}) == (
        '{"a":"é\\"\\n\\u001f/","b":[1,true,null]}'.encode()
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INT, LARGEST_INT) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values)
def test_canonical_json_can_be_read_back(value: object) -> None:
    assert json.loads(canonical_json(value)) == value


@pytest.mark.parametrize("value", [1.0, float("nan"), b"a", {1: 2}, {"a": [0.5]}, {1, 2}, (1, 2)])
def test_canonical_json_refuses_what_is_written_differently_elsewhere(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize("value", [LARGEST_INT + 1, -LARGEST_INT - 1, "\ud800", {"\ud800": 1}])
def test_canonical_json_refuses_values_that_others_cannot_hold(value: object) -> None:
    with pytest.raises(ValueError, match=r"integer|surrogates"):
        canonical_json(value)
