"""Length and ease of a text, by hand-counted samples."""

import pytest

from advocacy.text.reading import Ease, measure, syllables_of

PLAIN = "The road is shut. We ask for it to be open by May. " * 5
HEAVY = (
    "Notwithstanding international humanitarian obligations, administrative impediments "
    "systematically undermine accountability mechanisms. " * 5
)


def test_words_and_sentences_are_counted():
    read = measure(["Four clinics closed. Nobody came!"], "en")
    assert (read.words, read.sentences, read.average) == (5, 2, 2)


def test_numbers_and_short_forms_end_no_sentence():
    read = measure(["Dr. Amal met 1,200 people and 3.5 tonnes came, cf. Art. 3 there."], "en")
    assert read.sentences == 1


def test_items_of_a_list_are_sentences_and_marks_are_no_words():
    read = measure(["- **open** the road\n- [pay](https://example.org) them"], "en")
    assert (read.words, read.sentences) == (5, 2)


def test_an_empty_text_has_no_average():
    assert measure([], "en").average == 0
    assert measure(["  \n…"], "en").words == 0


def test_english_is_told_plain_from_hard_and_other_languages_by_length_alone():
    assert measure([PLAIN], "en").ease is Ease.PLAIN
    assert measure([HEAVY], "en-GB").ease is Ease.VERY_HARD
    assert measure([HEAVY], "fr").ease is Ease.UNKNOWN
    assert measure(["Short."], "en").ease is Ease.UNKNOWN


def test_long_sentences_are_said_to_be_long():
    assert measure(["word " * 31 + "."], "fr").is_long
    assert measure(["word " * 31 + "."], "fr").average == 31
    assert not measure(["word " * 25 + "."], "fr").is_long


def test_arabic_stops_end_sentences():
    read = measure(["هل فُتح الطريق؟ لم يُفتح بعد. نطلب فتحه۔ الآن"], "ar")
    assert read.sentences == 4


@pytest.mark.parametrize(
    ("word", "count"), [("make", 1), ("table", 2), ("committee", 3), ("open", 2), ("hmm", 1)]
)
def test_syllables_are_groups_of_vowels(word, count):
    assert syllables_of(word) == count


def test_a_huge_text_is_measured_in_bounded_time():
    assert measure(["a" * 900_000], "en").words == 1
