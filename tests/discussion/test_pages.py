"""Talking about a clause."""

import re

import pytest
from sqlalchemy import select

from advocacy.discussion import actions, rules
from advocacy.discussion.schema import Thread, ThreadAct, ThreadState
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Remove, Replace
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.positions import queries as positions
from advocacy.text.anchor import anchor_to

HTMX = {"HX-Request": "true"}


@pytest.fixture
def clause(world, led, reading):
    with reading(world.actor("legal")) as session:
        return drafts.clauses(session, world.actor("legal"), led.document_id)[0]


@pytest.fixture
def say(writing, world, led, clause):
    """`say("relief", "words", quote="")`: a thread about the first clause."""

    def speak(who, words, quote=""):
        actor = world.actor(who)
        with writing(actor) as session:
            return actions.say(
                session, actor, about_id=led.id, lead_id=led.organisation_id,
                audience_id=led.audience_id, text=words, anchor=anchor_to(clause, quote),
            ).id  # fmt: skip

    return speak


def test_a_comment_is_written_answered_settled_and_opened_again(client, clause, led):
    relief, legal = client("relief"), client("legal")
    here = f"/discussion/about/{clause.cid}"
    page = relief.get(here)
    seen = re.search(r'name="based_on"[^>]*value="([^"]*)"', page).group(1)
    relief.post(here, {"based_on": seen, "quote": "412 households", "comment": "Is it **412**?"})
    page = legal.get(here)
    assert "Is it <strong>412</strong>?" in page
    assert "Relief Network" in page
    assert "1 comment" in legal.get(f"/positions/{led.id}")
    thread = re.search(r'href="(/discussion/[0-9a-f-]{36})"', page).group(1)
    legal.post(f"{thread}/reply", {"comment": "Yes, counted twice."}, page=thread)
    assert "Yes, counted twice." in relief.get(thread)
    legal.post(f"{thread}/resolve", page=here)
    assert "no open point" in legal.get(f"/positions/{led.id}")
    legal.post(f"{thread}/resolve", page=here, status=409)
    relief.post(f"{thread}/reopen", page=here)
    assert "1 comment" in legal.get(f"/positions/{led.id}")
    assert "Is it" in legal.get(f"/positions/{led.id}/comments")


def test_the_margin_is_answered_alone(client, clause, say):
    say("relief", "A word")
    part = client("legal").get(f"/discussion/about/{clause.cid}", headers=HTMX)
    assert part.lstrip().startswith(f'<div class="margin" id="discussion-{clause.cid}"')
    assert "A word" in part


def test_an_empty_or_long_comment_is_refused_and_kept(client, clause):
    relief, here = client("relief"), f"/discussion/about/{clause.cid}"
    relief.post(here, {"comment": "   "}, status=422)
    words = "x" * 4_001
    page = relief.post(here, {"comment": words}, status=422).get_data(as_text=True)
    assert words in page


def test_a_comment_says_when_the_text_changed_under_it(world, client, clause, led, say, writing):
    say("relief", "About the number", quote="412 households")
    say("relief", "About the whole")
    legal, here = world.actor("legal"), f"/discussion/about/{clause.cid}"
    assert "has changed since" not in client("legal").get(here)
    with writing(legal) as session:
        edit = Replace(clause.cid, clause.heading, "412 households left.")
        drafting.change(session, legal, led.document_id, [edit], based_on=clause.hash)
    assert client("legal").get(here).count("The text has changed since") == 1
    with writing(legal) as session:
        now = drafts.clauses(session, legal, led.document_id)[0]
        drafting.change(session, legal, led.document_id, [Remove(now.cid)], based_on=now.hash)
    assert client("legal").get(here).count("The clause was removed") == 2
    assert "2 open comments are about clauses that were removed" in client("legal").get(
        f"/positions/{led.id}"
    )


def test_only_the_circle_reads_a_thread(world, client, say, reading, writing):
    thread = say("relief", "Among us")
    for name in ("cluster", "women", "observer", "donor"):
        actor = world.actor(name)
        client(name).get(f"/discussion/{thread}", 404)
        with writing(actor) as session:
            for act in (actions.resolve, actions.reopen):
                with pytest.raises(NotFound):
                    act(session, actor, thread)
            with pytest.raises(NotFound):
                actions.reply(session, actor, thread, text="x")


def test_a_signatory_comments_and_does_not_settle(world, say, writing):
    thread, signatory = say("relief", "A word"), world.actor("relief.signatory")
    with writing(signatory) as session:
        actions.reply(session, signatory, thread, text="Ours")
        with pytest.raises(Denied):
            actions.resolve(session, signatory, thread)


def test_settling_twice_is_a_conflict_and_the_kept_state_is_the_fold(world, say, writing):
    thread, legal = say("relief", "A word"), world.actor("legal")
    with writing(legal) as session:
        actions.resolve(session, legal, thread)
        with pytest.raises(Conflict):
            actions.resolve(session, legal, thread)
        actions.reopen(session, legal, thread)
        acts = list(session.scalars(select(ThreadAct).where(ThreadAct.thread_id == thread)))
        assert rules.state(acts) is ThreadState.OPEN
        assert session.get(Thread, thread).state == ThreadState.OPEN
        with pytest.raises(Invalid):
            actions.reply(session, legal, thread, text=" ")


def test_what_waits_for_a_word_is_on_the_list_of_the_day(world, say, reading, writing):
    thread = say("relief", "A question")

    def waits(name):
        actor = world.actor(name)
        with reading(actor) as session:
            return [(task.reason.code, task.arguments) for task in positions.tasks(session, actor)]

    assert waits("legal") == [("positions.comment-open", {"thread_id": thread})]
    assert waits("relief") == waits("women") == []
    legal = world.actor("legal")
    with writing(legal) as session:
        actions.reply(session, legal, thread, text="An answer")
    assert waits("legal") == []
    assert waits("relief") == [("positions.reply-waiting", {"thread_id": thread})]
    with writing(legal) as session:
        actions.resolve(session, legal, thread)
    assert waits("relief") == []


def test_hostile_words_in_a_comment_do_not_run(client, clause, say):
    say("relief", "<script>alert(1)</script> [x](javascript:alert(1))", quote="<b>412")
    page = client("legal").get(f"/discussion/about/{clause.cid}")
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
