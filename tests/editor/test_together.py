"""Two people in one text, on good lines and bad: nothing is lost, and everything is said."""

import time
from collections.abc import Callable

from playwright.sync_api import expect

from tests.editor.conftest import FIRST, SECOND, Write, Writer
from tests.editor.server import LabServer, Text


def _until(true: Callable[[], bool], *writers: Writer, seconds: float = 15) -> None:
    """Wait in the windows, so that what happens in them goes on."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        for writer in writers:
            writer.person.page.wait_for_timeout(30)


def _words(text: Text) -> str:
    return "\n".join(clause["xml"] for clause in text.clauses())


def _refuse(text: Text) -> None:
    """The service is away until `text.answers` is cleared."""
    text.answers.extend([(503, {"Retry-After": "60"}, "")] * 50)


def _cut(writer: Writer, is_cut: bool) -> None:
    writer.person.page.context.set_offline(is_cut)


def test_the_editor_is_fetched_when_somebody_begins(text: Text, write: Write) -> None:
    writer = write(live="")
    assert not writer.person.page.evaluate(
        "performance.getEntriesByType('resource').some(e => e.name.includes('editor@'))"
    )
    writer.person.page.get_by_role("link", name="Write together").click()
    writer.reads("Four clinics were closed.")
    writer.person.check()


def test_opening_a_text_writes_nothing(text: Text, write: Write) -> None:
    writer = write()
    writer.clause(2).click()
    writer.person.page.wait_for_timeout(800)
    assert not text.sent
    assert [clause["cid"] for clause in text.clauses()] == [FIRST, SECOND]


def test_two_people_type_at_once_and_read_the_same(text: Text, write: Write) -> None:
    amal, bo = write("Amal"), write("Bo", organisation="Legal Aid")
    amal.at_end_of(1)
    bo.at_end_of(1).keys("Home")
    for part in ("one", "two", "three"):
        amal.types(f" a-{part}", delay=15)
        bo.types(f"b-{part} ", delay=15)
    amal.is_saved()
    bo.is_saved()
    _until(lambda: amal.words() == bo.words(), amal, bo)
    whole = "b-one b-two b-three Four clinics were closed. a-one a-two a-three"
    assert whole in _words(text)
    assert whole in amal.words()
    assert [clause["cid"] for clause in text.clauses()] == [FIRST, SECOND]
    amal.person.check()
    bo.person.check()


def test_each_sees_where_the_other_is_by_name_and_organisation(text: Text, write: Write) -> None:
    amal, bo = write("Amal"), write("Bo", organisation="Legal Aid")
    bo.at_end_of(2)
    caret = amal.clause(2).locator(".caret")
    expect(caret).to_have_text("Bo, Legal Aid")
    expect(amal.person.page.locator(".live-who")).to_have_text("Also here: Bo, Legal Aid")
    amal.person.check()
    bo.person.page.goto("about:blank")
    expect(caret).to_have_count(0)
    expect(amal.person.page.locator(".live-who")).to_have_text("Nobody else is here.")


def test_one_is_cut_off_both_go_on_and_it_becomes_one_text(text: Text, write: Write) -> None:
    amal, bo = write("Amal"), write("Bo")
    _cut(amal, True)
    amal.at_end_of(1).types(" Written on the road.")
    expect(amal.person.page.locator(".live-banner")).to_contain_text("You are offline.")
    bo.at_end_of(1).types(" Written at the desk.").is_saved()
    amal.person.check()
    assert "road" not in _words(text)
    _cut(amal, False)
    amal.is_saved()
    expect(amal.person.page.locator(".live-banner")).to_be_hidden()
    for writer in (amal, bo):
        writer.reads("Written on the road.", "Written at the desk.")
    _until(lambda: amal.words() == bo.words(), amal, bo)
    _until(lambda: amal.kept() == 0, amal)


def test_a_service_that_is_away_is_named_and_asked_again(text: Text, write: Write) -> None:
    amal = write("Amal")
    text.answers.append((503, {"Retry-After": "2"}, ""))
    amal.at_end_of(1).types(" Kept.")
    expect(amal.person.page.locator(".live-saved")).to_contain_text("Not saved yet.")
    assert amal.kept() >= 1
    amal.is_saved()
    assert "Kept." in _words(text)


def test_a_resend_carries_the_same_key_and_the_same_bytes(text: Text, write: Write) -> None:
    amal = write("Amal")
    text.answers.append((503, {"Retry-After": "1"}, ""))
    amal.at_end_of(1).types(" First.")
    _until(lambda: len(text.sent) == 1, amal)
    amal.types(" Second.").is_saved()
    first, again = ({name.lower(): said for name, said in sent.items()} for sent in text.sent[:2])
    assert first["idempotency-key"] == again["idempotency-key"]
    assert first["length"] == again["length"]
    assert (first["x-csrftoken"], first["x-acting-for"]) == ("the-token", "seat-of-Amal")
    assert len({sent["Idempotency-Key"] for sent in text.sent}) == 2
    amal.reads("First. Second.")


def test_what_was_not_sent_before_a_reload_is_sent_after_it(text: Text, write: Write) -> None:
    amal = write("Amal")
    _refuse(text)
    amal.at_end_of(1).types(" Typed before the reload.")
    _until(lambda: len(text.sent) == 1 and amal.kept() >= 1, amal)
    amal.person.page.goto("about:blank")
    assert "reload" not in _words(text)
    text.answers.clear()
    amal.person.go("/lab?name=Amal&live=now")
    amal.reads("Typed before the reload.")
    _until(lambda: "Typed before the reload." in _words(text), amal)
    assert _words(text).count("Typed before the reload.") == 1
    _until(lambda: amal.kept() == 0, amal)


def test_another_seat_never_sends_what_the_first_left_behind(text: Text, write: Write) -> None:
    amal = write("Amal")
    _refuse(text)
    amal.at_end_of(1).types(" Mine.")
    _until(lambda: len(text.sent) == 1 and amal.kept() >= 1, amal)
    # Still away: what Amal's own page sends as it closes is refused as well.
    amal.person.page.goto("about:blank")
    amal.person.go("/lab?name=Bo&live=now")
    amal.reads("Four clinics")
    amal.person.page.wait_for_timeout(500)
    assert "Mine." not in amal.box.inner_text() + _words(text)
    assert {one["X-Acting-For"] for one in text.sent} == {"seat-of-Amal"}
    assert amal.kept() >= 1


def test_a_text_that_may_not_be_kept_leaves_nothing_in_the_browser(
    text: Text, write: Write
) -> None:
    amal = write("Amal", keep="no")
    _refuse(text)
    amal.at_end_of(1).types(" Secret.")
    expect(amal.person.page.locator(".live-saved")).to_contain_text("Kept on this page.")
    assert amal.kept() == 0
    stored = amal.person.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "Secret" not in stored


def test_signing_out_removes_what_was_kept(text: Text, write: Write) -> None:
    amal = write("Amal")
    _refuse(text)
    amal.at_end_of(1).types(" Left behind.")
    _until(lambda: len(text.sent) == 1 and amal.kept() >= 1, amal)
    amal.person.page.get_by_role("button", name="Sign out").click()
    expect(amal.person.page.locator("h1")).to_have_text("Out")
    assert amal.kept() == 0


def test_a_text_frozen_meanwhile_keeps_the_words_and_lets_nobody_type(
    text: Text, write: Write
) -> None:
    amal = write("Amal")
    text.frozen = "This text was frozen at 14:05. Ask the lead to open it again."
    amal.at_end_of(1).types(" My last words.")
    banner = amal.person.page.locator(".live-banner")
    expect(banner).to_contain_text("This text was frozen at 14:05.")
    expect(banner).to_contain_text("Your words are still on this page.")
    amal.reads("My last words.")
    expect(amal.box).to_have_attribute("contenteditable", "false")
    expect(amal.box).to_have_attribute("aria-readonly", "true")
    amal.types("more")
    assert "more" not in amal.box.inner_text()
    amal.person.check()
    sent = len(text.sent)
    amal.person.page.wait_for_timeout(600)
    assert len(text.sent) == sent


def test_somebody_signed_out_elsewhere_goes_on_after_signing_in(text: Text, write: Write) -> None:
    amal = write("Amal")
    text.answers.append((401, {}, ""))
    amal.at_end_of(1).types(" Before.")
    banner = amal.person.page.locator(".live-banner")
    expect(banner).to_contain_text("You are signed out.")
    amal.person.check()
    banner.get_by_role("button", name="Try again").click()
    amal.is_saved()
    expect(banner).to_be_hidden()
    assert "Before." in _words(text)


def test_a_seat_that_was_lost_is_said_and_stops_the_writing(text: Text, write: Write) -> None:
    amal = write("Amal")
    text.answers.append((403, {}, ""))
    amal.at_end_of(1).types(" Too late.")
    expect(amal.person.page.locator(".live-banner")).to_contain_text("You cannot write")
    expect(amal.box).to_have_attribute("contenteditable", "false")
    amal.reads("closed. T")


def test_without_a_stream_the_text_is_asked_for(lab: LabServer, text: Text, write: Write) -> None:
    text.has_stream = False
    amal, bo = write("Amal"), write("Bo")
    bo.at_end_of(1).types(" Polled.").is_saved()
    amal.reads("Polled.")
    assert lab.text is text


def test_a_stream_that_breaks_is_taken_up_where_it_ended(text: Text, write: Write) -> None:
    amal = write("Amal")
    text.is_cut = True
    amal.person.page.wait_for_timeout(400)
    text.write(("33333333-3333-4333-8333-333333333333", "paragraph", "", "Said meanwhile."))
    text.is_cut = False
    amal.reads("Said meanwhile.")


def test_two_tabs_of_one_person_are_one_text(text: Text, write: Write) -> None:
    amal = write("Amal")
    other = Writer(amal.person.another_tab(), "Amal")
    other.person.go("/lab?name=Amal&live=now")
    other.at_end_of(1).types(" From the second tab.").is_saved()
    amal.reads("From the second tab.")
    assert _words(text).count("From the second tab.") == 1
    amal.at_end_of(1).types(" And the first.").is_saved()
    other.reads("And the first.")
