"""How likely and how bad: of what this reader may know, each record once."""

import re

from advocacy.assessments import actions as assessments
from advocacy.assessments.rows import Said

PAGE = "/threats/in/testland/likelihood"


def told(page):
    """Of the matrix: likelihood -> what stands in its filled cells, severity and number."""
    body = page.split('class="matrix"')[1].split("<tbody>")[1].split("</tbody>")[0]
    found = {}
    for row in body.split("<tr>")[1:]:
        name = re.search(r"<bdi>([^<]*)", row).group(1)
        cells = re.findall(r'class="n">([^<]*)<.*?Records: </span>([^<]*)<', row, re.S)
        found[name] = cells
    return found


def say(database, world, who, threat_id, **said):
    actor = world.actor(who)
    with database.writing(actor) as session:
        assessments.give(session, actor, threat_id, Said("corroborates", **said), after=None)


def test_records_stand_where_the_highest_view_puts_them_and_once(client, report, database, world):
    one, two, hidden = report("members"), report("members", severity=None), report("own")
    report("members")  # nobody said how likely
    say(database, world, "legal", one, likelihood="unlikely")
    say(database, world, "women", one, likelihood="likely")
    say(database, world, "legal", two, likelihood="likely")
    say(database, world, "relief", hidden, likelihood="likely")
    found = told(client("legal").get(PAGE))
    assert found["Likely"] == [("–", "1"), ("4", "1")]
    assert found["Unlikely"] == []
    assert told(client("relief").get(PAGE))["Likely"] == [("–", "1"), ("4", "2")]
    assert told(client("legal").get(f"{PAGE}?severity=4"))["Likely"] == [("4", "1")]


def test_a_view_that_is_not_for_the_reader_counts_nowhere(client, report, database, world):
    threat_id = report("donors", sensitivity=2)
    say(database, world, "legal", threat_id, likelihood="likely", reach="own")
    assert told(client("legal").get(PAGE))["Likely"] == [("4", "1")]
    for reader in ("relief", "women"):
        assert "Nobody has said yet" in client(reader).get(PAGE)
    # "Nobody has said" would be untrue to a donor, who is told no likelihood at all.
    assert "told to members of this workspace alone" in client("donor").get(PAGE)
