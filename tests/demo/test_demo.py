"""The demo is whole, alive on any day, and tells nobody's password."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pypdf
import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from advocacy.access import guard
from advocacy.access.actor import Actor, anonymous
from advocacy.accounts import queries as accounts
from advocacy.accounts.actions import use_link
from advocacy.adoptions.schema import Outcome
from advocacy.annexes import queries as annexes
from advocacy.asks.schema import Ask
from advocacy.audit.queries import faults
from advocacy.demo import actions, mapper, rules
from advocacy.demo.rows import Login
from advocacy.discussion.queries import threads
from advocacy.donors import queries as donors
from advocacy.ground import clock, unit
from advocacy.ground.base import Base
from advocacy.ground.errors import Conflict, Invalid
from advocacy.organisations import queries as organisations
from advocacy.positions import queries as texts
from advocacy.positions.schema import Position, Stage, Version, VersionClause
from advocacy.recommendations.schema import Recommendation
from advocacy.reference.queries import areas, risks
from advocacy.reviews.queries import tasks as checks
from advocacy.signoff import queries as signoff
from advocacy.signoff.rules import Mode
from advocacy.signoff.schema import Answer, Round, RoundTerms
from advocacy.tallies import queries as tallies
from advocacy.threats.queries import sharing_level
from advocacy.threats.rules import Level
from advocacy.threats.schema import Threat, ThreatRestricted
from tests import build

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class Planted:
    """A database with the demo in it."""

    database: unit.Database
    logins: list[Login]

    @contextmanager
    def everything(self) -> Iterator[Session]:
        """A session that sees all rows."""
        with (
            self.database.reading(anonymous(NOW)) as session,
            guard.system(session, guard.System.COMMAND),
        ):
            yield session

    def actor(self, key: str) -> Actor:
        """A person of the demo, at their first page today."""
        email = next(login.email for login in self.logins if login.email.startswith(f"{key}@"))
        with self.everything() as session:
            who = accounts.person_by_email(session, email)
            assert who is not None
            actor, _ways = organisations.actor_for(
                session, person_id=who.id, name=who.name, holding_id=None, now=NOW
            )
        return actor


@contextmanager
def _fresh(kind: str, template: str, folder: Path) -> Iterator[unit.Database]:
    if kind == "sqlite":
        path = folder / "demo.sqlite3"
        shutil.copyfile(template, path)
        engine = create_engine(f"sqlite:///{path}")
    else:
        name = f"demo_{uuid4().hex[:12]}"
        build.create_database(name, template=template)
        engine = create_engine(build.app_url(name))
    yield unit.Database(guard.install(unit.prepare(engine)))
    engine.dispose()
    if kind != "sqlite":
        build.drop_database(name)


@pytest.fixture(scope="module")
def planted(
    request: pytest.FixtureRequest, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """The demo, planted once for all tests that only read it."""
    clock.freeze(NOW)
    folder = tmp_path_factory.mktemp("demo")
    with _fresh(request.config.getoption("--db"), template, folder) as database:
        yield Planted(database, actions.plant(database, now=NOW))


# --- what is in it -----------------------------------------------------------------------------


def test_every_stage_has_a_position(planted: Planted) -> None:
    with planted.everything() as session:
        stages = set(session.scalars(select(Position.stage)))
    assert stages == set(Stage)


def test_a_body_adopted_a_text_and_a_round_goes_by_silence(planted: Planted) -> None:
    with planted.everything() as session:
        outcomes = session.scalars(select(Outcome.kind)).all()
        terms = select(RoundTerms.mode).join(Round, Round.id == RoundTerms.round_id)
        silent = select(Round.closes_at).join(RoundTerms, RoundTerms.round_id == Round.id)
        modes = set(session.scalars(terms))
        ends = session.scalars(silent.where(RoundTerms.mode == Mode.SILENCE)).all()
    assert outcomes == ["adopted"]
    assert modes == {Mode.EXPLICIT, Mode.SILENCE}
    assert [end > NOW for end in ends] == [True]


def test_every_audience_has_a_threat(planted: Planted) -> None:
    with planted.everything() as session:
        found = session.scalars(select(Threat)).all()
        levels = {sharing_level(session, threat.audience_id) for threat in found}
    assert len(found) == 12
    assert levels == set(Level)


def test_threats_are_in_three_languages_and_some_have_a_restricted_account(
    planted: Planted,
) -> None:
    with planted.everything() as session:
        languages = set(session.scalars(select(Threat.language)))
        told = session.scalars(select(ThreatRestricted.narrative)).all()
    assert languages == {"en", "fr", "ar"}
    assert any(told)


def test_a_check_is_late_and_one_is_soon(planted: Planted) -> None:
    found = []
    for key in ("amal", "sara"):
        actor = planted.actor(key)
        with planted.database.reading(actor) as session:
            found += [task.reason.code for task in checks(session, actor)]
    assert found == ["threats.check-late", "threats.check-soon"]


def test_a_text_is_french_and_a_text_is_arabic_from_first_to_last_clause(
    planted: Planted,
) -> None:
    with planted.everything() as session:
        clauses = select(VersionClause.text).join(Version, Version.id == VersionClause.version_id)
        words = session.scalars(clauses.where(Version.language == "ar")).all()
        languages = set(session.scalars(select(Position.language)))
    assert languages == {"en", "fr", "ar"}
    assert words
    assert all(any("\u0600" <= sign <= "\u06ff" for sign in text) for text in words)


def test_an_open_round_closes_on_a_working_day_and_has_every_kind_of_doubt(
    planted: Planted,
) -> None:
    actor = planted.actor("hana")
    with planted.everything() as session:
        position_id = _position(session, "Mobile clinics must reach Blue Valley")
        rounds = session.scalars(select(Round).where(Round.position_id == position_id)).all()
        kinds = set(session.scalars(select(Answer.kind).where(Answer.round_id == rounds[-1].id)))
    assert len(rounds) == 2
    assert {"endorse", "reservation", "change"} <= kinds
    with planted.database.reading(actor) as session:
        now_open = signoff.current_round(session, actor, position_id)
    assert now_open is not None
    assert now_open.is_open
    assert now_open.closes_at == datetime(2026, 11, 25, 13, 0, tzinfo=UTC)  # 16:00 in Amman


def test_sara_is_asked_for_two_answers(planted: Planted) -> None:
    actor = planted.actor("sara")
    with planted.database.reading(actor) as session:
        titles = {task.title for task in tallies.tasks(session, actor)}
    assert len(titles) == 2


def test_a_text_that_is_asked_about_has_an_annex_that_opens(planted: Planted) -> None:
    actor = planted.actor("sara")
    with planted.everything() as session:
        position_id = _position(session, "Mobile clinics must reach Blue Valley")
    with planted.database.reading(actor) as session:
        version = texts.latest(session, actor, position_id)
        assert version is not None
        (row,) = version.annexes
        data = annexes.file(session, actor, row.file_id).data
    assert row.title == "Clinic teams turned back, by week"
    assert "two let through" in pypdf.PdfReader(BytesIO(data)).pages[0].extract_text()


def test_a_comment_waits_for_an_answer(planted: Planted) -> None:
    actor = planted.actor("amal")
    with planted.everything() as session:
        position_id = _position(session, "Forced evictions in Al Noor")
    with planted.database.reading(actor) as session:
        states = [thread.is_open for thread in threads(session, actor, position_id)]
    assert sorted(states) == [False, True, True, True]


def _position(session: Session, title: str) -> UUID:
    return session.scalars(select(Position.id).where(Position.title == title)).one()


# --- what was asked ----------------------------------------------------------------------------

# As the report's six recommendations name them: the owner that leads first, then the others.
OWNERS = [
    {"Global Protection Cluster", "Civil society members of the Global Protection Cluster",
     "United Nations members of the Global Protection Cluster"},
    {"UNHCR", "OHCHR"},
    {"OHCHR"},
    {"Coordinators of the review of the IASC protection policy",
     "Coordinators of the Secretary-General’s Agenda for Protection"},
    {"Inter-Agency Standing Committee", "United Nations entities", "International NGOs",
     "Red Cross and Red Crescent Movement"},
    {"Donor states"},
]  # fmt: skip


def test_the_six_recommendations_have_their_owners_pages_and_no_result(planted: Planted) -> None:
    with planted.everything() as session:
        rows = session.execute(
            select(
                Recommendation.id, Recommendation.text, Ask.addressee, Ask.response, Ask.progress
            )
            .join(Ask, Ask.recommendation_id == Recommendation.id)
            .join(Position, Position.id == Recommendation.position_id)
            .where(Position.title.startswith("Collaborative advocacy"))
        ).all()
    owners: dict[UUID, set[str]] = {}
    for row in rows:
        owners.setdefault(row.id, set()).add(row.addressee)
    assert sorted(map(sorted, owners.values())) == sorted(map(sorted, OWNERS))
    assert all("pp. 24–26" in row.text for row in rows)
    assert {(row.response, row.progress) for row in rows} == {("none", "not_started")}


def test_testland_shows_how_asks_fare(planted: Planted) -> None:
    with planted.everything() as session:
        asks = {row.addressee: row for row in session.execute(select(*Ask.__table__.columns))}
    late = asks["Ministry of Housing"]
    assert late.late_after == late.original_due_on < late.due_on < NOW.date()
    assert late.moves == 1
    assert asks["Ministry of the Interior"].progress == "claimed"
    confirmed = asks["Governor of Blue Valley"]
    assert confirmed.progress == "implemented"
    assert confirmed.verified_by != confirmed.claimed_by
    refused = asks["Humanitarian Country Team"]
    assert (refused.response, refused.progress) == ("rejected", "not_started")


def test_the_donor_is_asked_and_sees_only_what_is_for_donors(planted: Planted) -> None:
    actor = planted.actor("erik")
    with planted.everything() as session:
        space = session.scalars(select(Position.workspace_id)).first()
    assert space is not None
    with planted.database.reading(actor) as session:
        asked = donors.asked_of(session, actor, workspace_id=space)
        seen = session.scalars(select(Threat.title)).all()
    assert [ask.addressee for ask in asked] == ["Northern Donor Agency"]
    assert len(seen) == 4


# --- how it came to be -------------------------------------------------------------------------


def test_the_log_stands_as_it_was_written(planted: Planted) -> None:
    with planted.everything() as session:
        assert list(faults(session)) == []


def test_nobodys_password_is_in_the_database_and_each_opens_the_door(planted: Planted) -> None:
    with planted.everything() as session:
        rows = [
            repr(row)
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table)).all()
        ]
        assert not [login.name for login in planted.logins for row in rows if login.password in row]
        for login in planted.logins[:3]:
            checked = accounts.check(
                session, email=login.email, password=login.password, keys=("a", "b"), now=NOW
            )
            assert checked.person_id is not None


def test_no_two_people_share_a_password(planted: Planted) -> None:
    assert len({login.password for login in planted.logins}) == len(planted.logins) == 12
    assert {"coordinator", "focal point", "drafter", "alternate", "observer", "donor"} == {
        login.role for login in planted.logins
    }


def test_it_is_planted_once(planted: Planted, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        actions.plant(planted.database, now=NOW)
    assert not actions.plant_if_empty(planted.database, tmp_path)
    assert not list(tmp_path.iterdir())


def test_when_a_step_fails_nothing_is_there(
    database: unit.Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stumble(*_given: object) -> None:
        raise Conflict

    monkeypatch.setitem(mapper.DO, "freeze", stumble)
    with pytest.raises(Conflict):
        actions.plant_if_empty(database, tmp_path / "data")
    with database.reading(anonymous(NOW)) as session:
        assert not accounts.anybody(session)
        assert not areas(session)
        assert not risks(session)
    assert not (tmp_path / "data").exists()


def test_a_link_signs_in_once(planted: Planted) -> None:
    links = actions.links(planted.database, "http://127.0.0.1:8000")
    assert [link.email for link in links] == [login.email for login in planted.logins]
    token = links[0].link.removeprefix("http://127.0.0.1:8000/accounts/link/")
    with planted.database.writing(anonymous(NOW)) as session:
        assert use_link(session, anonymous(NOW), token=token)
    again = replace(anonymous(NOW), now=NOW + timedelta(seconds=1))
    with planted.database.writing(again) as session, pytest.raises(Invalid):
        use_link(session, again, token=token)


def test_the_logins_are_kept_where_only_their_owner_reads(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        actions.logins(tmp_path)
    login = Login("مريم", "Relief Network", "drafter", "m@relief.example", "six words")
    actions.keep([login, login], tmp_path)
    actions.keep([login], tmp_path)
    assert actions.logins(tmp_path) == [login]
    assert oct((tmp_path / actions.LOGINS).stat().st_mode)[-3:] == "600"


# --- the data files ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "number", "day"),
    [
        (date(2026, 11, 22), 3, date(2026, 11, 25)),  # Sunday: Monday, Tuesday, Wednesday
        (date(2026, 11, 26), 1, date(2026, 11, 29)),  # Thursday: over the weekend to Sunday
        (date(2026, 11, 27), 1, date(2026, 11, 29)),  # Friday
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
    ],
)
def test_working_days_leave_friday_and_saturday_out(today: date, number: int, day: date) -> None:
    assert rules.workday(today, number, frozenset({4, 5})) == day


def test_nobody_acts_before_the_workspace_is_there_nor_in_the_future() -> None:
    began = NOW - timedelta(days=rules.document(rules.WORKSPACE)["founded_days"])
    steps = rules.steps(NOW)
    assert began < steps[0].at
    assert steps[-1].at < NOW
    assert {step.do for step in steps} == set(mapper.DO)


def test_a_passphrase_is_long_and_by_chance() -> None:
    words = (rules.DATA / "words.txt").read_text(encoding="utf-8").split()
    assert len(words) == len(set(words)) > 256
    made = {rules.passphrase() for _ in range(50)}
    assert len(made) == 50
    assert all(len(phrase.split()) == 6 for phrase in made)


def test_the_data_says_that_it_is_a_sample() -> None:
    told = json.dumps(rules.position("collaboration"), ensure_ascii=False)
    assert "This text is a sample" in told
    assert "not contacted" in told
