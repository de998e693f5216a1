"""Whether there is anything to plant in, and who of the demo is here."""

from sqlalchemy.orm import Session

from advocacy.accounts import queries as accounts
from advocacy.accounts.schema import Person
from advocacy.demo import rules


def is_empty(session: Session) -> bool:
    """Whether nobody is here yet: the demo is planted nowhere else."""
    return not accounts.anybody(session)


def people(session: Session) -> list[tuple[Person, dict[str, str]]]:
    """People of the demo who are here, each with name, organisation, role and email."""
    found = []
    for card in cards():
        person = accounts.person_by_email(session, card["email"])
        if person is not None and person.is_active:
            found.append((person, card))
    return found


def cards() -> list[dict[str, str]]:
    """What is said of each person: as whom they act when they sign in."""
    told = rules.document(rules.WORKSPACE)
    organisations = {of["key"]: of for of in told["organisations"]}
    made = []
    for person in told["people"]:
        key, seats = next(iter(person["seats"].items()))
        made.append(
            {
                "name": person["name"],
                "organisation": organisations[key]["name"],
                "role": rules.role_of(organisations[key]["standing"], seats),
                "email": rules.email_of(person),
            }
        )
    return made
