"""Nothing that a viewer can get tells whether the hidden rows exist: byte for byte.

The same world is built with and without them (tests/secrecy/worlds.py), and every GET address is
asked as a page and as a part, for records that are shown, hidden and absent.
"""

import re
from base64 import urlsafe_b64decode
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask import Flask

from tests.browser import Browser
from tests.house import routes
from tests.secrecy import worlds
from tests.secrecy.worlds import Made

VIEWERS = ("relief", "legal", "cluster", "observer", "donor", "")
OUTSIDE = ("observer", "donor", "")
# Values that are made by chance for each answer; all of one length, so lengths still count.
MASKS = [
    re.compile(r'(?<=value=")[0-9a-f]{100,}(?=")'),
    re.compile(r'(?<=content=")[0-9a-f]{100,}(?=")'),
    re.compile(r'(?<=name="idempotency_key" value=")[0-9a-f-]{36}(?=")'),
    # The fingerprint of a log and the way to it: an entry looks like one that means nothing
    # (tests/proofs/test_log.py), and so no fingerprint tells which it is.
    re.compile(r'(?<=class="hash root">)[0-9a-f]{64}(?=<)'),
    re.compile(r'(?<="root":")[0-9a-f]{64}(?=")|(?<="root": ")[0-9a-f]{64}(?=")'),
    re.compile(r'(?<="path":)\[[^]]*\]|(?<="proof": )\[[^]]*\]'),
]
# A signed token: what it says is compared, its signature covers what is masked there.
TOKEN = re.compile(r"(eyJ[\w-]+)\.(eyJ[\w-]+)\.[\w-]{86}")
SIGNED = {"input.bin", "sig.bin"}  # parts of the token beside them
DROPPED = {"Set-Cookie", "Date"}
# Nothing of these depends on a record, or their record is a token that only its holder has.
WITHOUT_EXAMPLE = {"static"}

# How scripts ask: htmx for a part, for a step of its history, for a part by its name, by fetch.
FRAGMENTS = {
    "part of": {"HX-Request": "true", "HX-Target": "results"},
    "boosted": {"HX-Request": "true", "HX-Boosted": "true", "HX-Current-URL": "/"},
    "again": {"HX-Request": "true", "HX-History-Restore-Request": "true"},
    "fetched": {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"},
}

# (hidden steps, those they are hidden from, how many addresses have such a record at least)
HIDDEN_FROM = [
    (worlds.HIDDEN, VIEWERS, 100),
    (worlds.HIDDEN_FROM_CIRCLE, ("legal", "cluster", *OUTSIDE), 10),
]
HIDDEN_NAMES = ["records", "a word to the lead"]

Answer = tuple[int, list[tuple[str, str]], str]


def examples(app: Flask, made: Made, **other: Any) -> dict[str, list[str]]:
    """endpoint -> addresses to ask. A parameter without an example fails."""
    found: dict[str, list[str]] = {}
    for rule in routes.rules(app):
        if "GET" not in routes.methods(rule) or rule.endpoint in WITHOUT_EXAMPLE:
            continue
        known = {**routes.VALUES, **made.shown, **made.at.get(rule.endpoint, {}), **other}
        missing = set(rule._converters) - set(known)
        assert not missing, f"{rule.endpoint}: give an example of {missing} in worlds.py"
        path = routes.address(app, rule, **known)
        more = [q.format(**known) for q in worlds.QUERIES.get(rule.endpoint, [])]
        found.setdefault(rule.endpoint, []).extend([path, *(path + q for q in more)])
    return found


def ask(browser: Browser, path: str, **headers: str) -> Answer:
    with browser.client.get(path, headers=headers) as answer:
        # A stream goes on until its reader leaves: what it says first. A file is no text: its
        # bytes are kept one by one.
        is_stream = answer.mimetype == "text/event-stream"
        said = next(iter(answer.response)) if is_stream else answer.get_data()
        body = _unpacked(said, answer.mimetype).decode("utf-8", "surrogateescape")
        body = TOKEN.sub(lambda found: _opened(found[1]) + _opened(found[2]), body)
        for mask in MASKS:
            body = mask.sub(lambda found: "*" * len(found.group()), body)
        kept = [(k, v) for k, v in answer.headers.items() if k not in DROPPED]
        return answer.status_code, sorted(kept), body


def _unpacked(said: bytes, kind: str) -> bytes:
    """What a zip holds, one file after the other."""
    if kind != "application/zip":
        return said
    with ZipFile(BytesIO(said)) as parcel:
        names = [name for name in parcel.namelist() if name not in SIGNED]
        return b"".join(name.encode() + parcel.read(name) for name in names)


def _opened(part: str) -> str:
    return urlsafe_b64decode(part + "==").decode("utf-8", "surrogateescape")


def crawl(
    app: Flask, made: Made, viewer: str, fragments: dict[str, dict[str, str]] = FRAGMENTS
) -> dict[str, Answer]:
    """All that a viewer gets: pages, parts, searches, errors."""
    got: dict[str, Answer] = {}
    browser = Browser.open(app, made.database, made.world, viewer)
    absent = {name: routes.ABSENT for name, value in made.shown.items() if isinstance(value, UUID)}
    for others in ({}, absent):
        for paths in examples(app, made, **others).values():
            for path in paths:
                if path in got:
                    continue  # no record in it
                got[path] = ask(browser, path)
                # Of what is absent there are no steps of a history.
                wanted = fragments if not others else {"part of": FRAGMENTS["part of"]}
                for name, headers in wanted.items():
                    got[f"{name} {path}"] = ask(browser, path, **headers)
    return got


@pytest.mark.long
def test_nothing_tells_whether_the_hidden_rows_exist(new_world) -> None:
    plain, without = new_world([])
    before = {viewer: crawl(plain, without, viewer) for viewer in VIEWERS}
    ways = {viewer: tuple(worlds.hidden_from(viewer)) for viewer in VIEWERS}
    for hidden in dict.fromkeys(ways.values()):
        full, with_them = new_world(list(hidden))
        assert without.shown == with_them.shown
        for viewer in (one for one in VIEWERS if ways[one] == hidden):
            was, now = before[viewer], crawl(full, with_them, viewer)
            assert set(was) == set(now)
            different = [path for path in was if was[path] != now[path]]
            assert not different, (viewer, different, _first(was, now, different[0]))


def _first(before: dict[str, Answer], after: dict[str, Answer], path: str) -> list[str]:
    a, b = (str(w[path]).replace("\\n", "\n").splitlines() for w in (before, after))
    return [line for pair in zip(a, b, strict=False) for line in pair if pair[0] != pair[1]][:6]


def absent(hidden: dict[str, Any]) -> dict[str, Any]:
    """Keys of nothing at all, each of the length of a hidden one."""
    return {
        name: routes.ABSENT if isinstance(key, UUID) else "x" * len(key)
        for name, key in hidden.items()
    }


@pytest.mark.parametrize(("hidden", "viewers", "least"), HIDDEN_FROM, ids=HIDDEN_NAMES)
def test_a_hidden_record_answers_like_one_that_never_was(hidden, viewers, least, new_world) -> None:
    app, made = new_world(hidden)
    asked = 0
    for viewer in viewers:
        browser = Browser.open(app, made.database, made.world, viewer)
        for rule in routes.rules(app):
            names = set(rule._converters) & set(made.hidden)
            if "GET" not in routes.methods(rule) or not names:
                continue
            for headers in ({}, {"HX-Request": "true"}):
                got = []
                for ids in (made.hidden, absent(made.hidden)):
                    known = {**made.shown, **{name: ids[name] for name in names}}
                    path = routes.address(app, rule, **known)
                    said = str(ask(browser, path, **headers))
                    for name in names:
                        said = said.replace(str(ids[name]), "*")
                    got.append(said)
                assert got[0] == got[1], (viewer, rule.endpoint)
                asked += 1
    assert asked > least


def test_the_hidden_rows_are_there_for_those_who_may_see_them(new_world) -> None:
    """The control: their owner's pages do tell the worlds apart."""
    plain, without = new_world([])
    full, with_them = new_world(worlds.HIDDEN)
    before, after = (
        crawl(app, made, "rights", {}) for app, made in ((plain, without), (full, with_them))
    )
    different = {path.partition("?")[0] for path in before if before[path] != after[path]}
    told = {"/", "/threats/in/testland", "/positions/in/testland"}
    told |= {"/recommendations/in/testland", "/redlines"}
    assert told <= different
    browser = Browser.open(full, with_them.database, with_them.world, "rights")
    for name, rule in (("threat_id", "/threats/"), ("position_id", "/positions/")):
        assert ask(browser, f"{rule}{with_them.hidden[name]}")[0] == 200


def test_each_example_shows_something_to_somebody(new_world) -> None:
    """An address that nobody gets an answer from would prove nothing."""
    app, made = new_world([])
    viewers = (*VIEWERS, "women", "forum")
    browsers = [Browser.open(app, made.database, made.world, v) for v in viewers]
    empty = {
        endpoint
        for endpoint, paths in examples(app, made).items()
        if not any(ask(b, p)[0] == 200 for b in browsers for p in paths)
    }
    assert empty <= TOKENS


# Opened by a token that is sent to one person, or a step that leads on; no record to look at.
TOKENS = {
    "donors.shared",
    "handouts.shared_files",
    "embeds.read",
    "shares.link",
    "feeds.read",
    "annexes.by_link",
    "passkeys.second",
    "admissions.accept",
    "accounts.link",
    "accounts.reset",
    "invitations.confirm",
    "language",
    "organisations.accept",
    "reminders.stop",
    "answers.confirm",
    "channels.ours",
    "signons.answer",
    "signons.confirm",
    "signons.done",
    "signons.link",
    "signons.read",
}
