"""We endorse if one clause reads so: said on a phone without scripts, one press once it does."""

import re
from urllib.parse import urlsplit

from tests.journeys.conftest import Open
from tests.journeys.server import Server
from tests.journeys.story import Story

WORDING = "Stop every clearance that has no hearing before a judge."


def test_a_condition_is_said_met_and_then_one_press(window: Open, server: Server) -> None:
    story = Story(server, window, width=360, scripts=False, prefix="condition")
    for step in (story.begin, story.write, story.freeze):
        step()
    sara = story.at("sara").go(story.position)
    sara.press("Read and answer").press("Go to our answer").tick(re.compile("^Ask for a change"))
    sara.fill(re.compile("^Our note"), "A hearing must be before a judge.")
    sara.unfold("We would endorse if one clause reads otherwise")
    sara.page.locator("main input[name=condition]").nth(3).check()
    sara.fill(re.compile("^Its exact wording"), WORDING).press("Check what we say")
    sara.sees("We endorse if clause 4 reads", WORDING)
    sara.press(re.compile("^Record this answer")).sees("Ask for a change")

    layla = story.at("layla").go("/").sees("A change is asked for in a text you lead")
    layla.go(story.position).press("Whom you asked, and what is missing")
    desk = urlsplit(layla.page.url).path
    layla.press("Relief Network").sees("They endorse if clause 4 reads exactly:", WORDING)
    layla.go(desk).unfold("Why do you give this round up?")
    layla.fill("Why do you give this round up?", "We change clause 4.")
    layla.press("Give the round up").go(story.position).press("Open the text again")
    edits = layla.go(story.position).page.locator("main article a[href$='/edit']")
    layla.go(urlsplit(str(edits.nth(3).get_attribute("href"))).path)
    layla.fill("Text", WORDING).press("Save")
    story.freeze()

    sara.go(story.position).press("Read and answer")
    sara.sees("Clause 4 now reads exactly as we asked")
    sara.press("Endorse as we said, for Relief Network").sees(
        "Receipt for Relief Network", "Endorse"
    )
