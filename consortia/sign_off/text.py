"""What is signed, as plain values: name, summary, who takes part in which role, and to which action tracks."""

import json
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext

from consortia.consortium.models import Consortium, Member
from hub.vocabularies.models import Term


def canonical(consortium: Consortium) -> dict[str, Any]:
    """The text of now; in three queries."""
    members = consortium.members.standing().select_related("organisation").prefetch_related("tracks")
    return {
        "name": consortium.name,
        "summary": {code: consortium.summary[code] for code in sorted(consortium.summary)},
        "members": [
            {
                "key": member.pk,
                "name": member.organisation.name,
                "lead": member.is_lead,
                "role": str(member.role),
                "tracks": sorted(track.code for track in member.tracks.all()),
            }
            for member in sorted(members, key=lambda member: (not member.is_lead, member.pk))
        ],
    }


def digest(text: dict[str, Any]) -> str:
    """Stands for what is signed. Members go by their key: an organisation that is renamed or merged stays the same."""
    members = [{name: value for name, value in each.items() if name != "name"} for each in text["members"]]
    return sha256(json.dumps(text | {"members": members}, sort_keys=True).encode()).hexdigest()


def lines(text: dict[str, Any]) -> dict[str, Any]:
    """The text for people, in the reader's language."""
    codes = {code for each in text["members"] for code in each["tracks"]}
    labels = {term.code: str(term) for term in Term.objects.of("track").filter(code__in=codes)}
    roles = dict(Member.Role.choices)
    return {
        "name": text["name"],
        "summary": text["summary"],
        "members": [
            {
                "name": each["name"],
                "role": gettext("lead") if each["lead"] else str(roles[each["role"]]),
                "tracks": ", ".join(labels.get(code, code) for code in each["tracks"]),
            }
            for each in text["members"]
        ],
    }


def changes(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What changed in substance between two versions, in sentences."""
    said = []
    if before["name"] != now["name"]:
        said.append(gettext("The name was “%(name)s”.") % {"name": before["name"]})
    if before["summary"] != now["summary"]:
        said.append(gettext("The summary changed."))
    old, new = ({each["key"]: each for each in text["members"]} for text in (before, now))
    said += [gettext("%(name)s came in.") % new[key] for key in new if key not in old]
    said += [gettext("%(name)s is out.") % old[key] for key in old if key not in new]
    for key in [key for key in new if key in old]:
        if new[key]["lead"] and not old[key]["lead"]:
            said.append(gettext("%(name)s leads now.") % new[key])
        if new[key]["role"] != old[key]["role"]:
            said.append(gettext("%(name)s has another role.") % new[key])
        if new[key]["tracks"] != old[key]["tracks"]:
            said.append(gettext("%(name)s contributes to other action tracks.") % new[key])
    return said
