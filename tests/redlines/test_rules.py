"""A red line is met in every form of its words, and in no other word."""

import json
import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.redlines import rules
from advocacy.redlines.rows import Banned
from advocacy.text.hashes import Clause

CID = UUID(int=5)


def line(words: str) -> Banned:
    return Banned(words, "", "", UUID(int=1), "Relief Network", rules.stems(words))


def met(words: str, text: str) -> list[str]:
    found = rules.met([line(words)], Clause(CID, "paragraph", "", text), 1)
    return [flag.found for flag in found]


FORMS = [
    ("terrorist", "The Terrorists fled.", "Terrorists"),
    ("condemn", "We condemned it.", "condemned"),
    ("deny", "They denied access; he denies it.", "denied"),
    ("ban", "The road is banned.", "banned"),
    ("massacre", "Two **massacres** happened.", "massacres"),
    ("ethnic cleansing", "It is ethnic\ncleansing, they say.", "ethnic cleansing"),
    ("attaqué", "Ils ont attaque les camps", "attaque"),
    ("attaquer", "", None),
    ("otage", "les otages sont là", "otages"),
    ("terrorista", "Los terroristas", "terroristas"),
    ("إرهابي", "هؤلاء الإرهابيون هنا", None),
    ("مجزرة", "وقعت المجزرة أمس", "المجزرة"),
    ("مَجْزَرَة", "والمجزرة", "والمجزرة"),
]


@pytest.mark.parametrize(("words", "text", "found"), FORMS)
def test_forms_of_a_word_are_met(words, text, found):
    if found is not None:
        assert met(words, text) == [found]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("war", "The warning reached the warden."),
        ("rape", "Grapes and drapes."),
        ("ethnic cleansing", "Cleansing of ethnic words"),
        ("regime", "The regiment left."),
        ("us", "We must use the bus."),
        ("حرب", "المحراب في المدينة"),
    ],
)
def test_other_words_are_let_be(words, text):
    assert met(words, text) == []


def test_a_link_target_is_no_word_of_the_text():
    assert met("regime", "See [the page](https://example.org/regime).") == []


def test_a_word_kept_in_another_form_is_the_same_word():
    said = rules.Said("Terrorists").tidied()
    assert [r.code for r in rules.faults(said, others=["terrorist"], count=1)] == ["redlines.twice"]
    assert [r.code for r in rules.faults(rules.Said("…"), others=[], count=0)] == [
        "redlines.no-word"
    ]
    assert rules.faults(rules.Said("x" * 101), others=[], count=300)


@given(st.text(max_size=60), st.text(max_size=200))
def test_whatever_is_written_is_looked_through(words, text):
    met(words, text + " " + words)


SAMPLES = [words for case in FORMS for words in case[:2]]
SAMPLES += ["Straße", "İstanbul", "ﬁnally", "été 12,000", "don’t", "والمدارس للمدارس أطفالها"]


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here to run the script with")
def test_the_page_folds_as_the_server_does(tmp_path: Path):
    script = Path(__file__).parents[2] / "static" / "js" / "aids.js"
    copy = tmp_path / "aids.mjs"
    copy.write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    ask = f"import {{ stems }} from '{copy.as_uri()}'; console.log(JSON.stringify("
    run = f"{ask}{json.dumps(SAMPLES)}.map(stems)))"
    got = subprocess.run(
        [str(shutil.which("node")), "--input-type=module", "-e", run],
        capture_output=True,
        check=True,
        text=True,
        timeout=30,
    )
    assert json.loads(got.stdout) == [list(rules.stems(words)) for words in SAMPLES]
