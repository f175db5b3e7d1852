"""The data sets as catalogues want them described: DCAT-AP and schema.org in one JSON-LD document."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from hub.languages.european import EUROPEAN
from hub.open_data.licence import LICENCE
from hub.open_data.linked import values
from hub.open_data.words import in_languages
from hub.site.models import SiteSettings

LISTS = {
    "practices": "practice-list",
    "organisations": "organisation-list",
    "calls": "call-list",
    "events": "event-list",
    "reuses": "reuse-list",
    "policy-hooks": "policy-hook-list",
    "questions": "question-list",
    "terms": "term-list",
}
DOWNLOADS = {
    "practices.csv": "practices-csv",
    "practices.jsonld": "practices-jsonld",
    "organisations.csv": "organisations-csv",
    "organisations.jsonld": "organisations-jsonld",
}
# What is in each, in English like the rest of the description.
_ABOUT = {
    "practices": (
        "Good practices, methods and tools in social innovation",
        "What works, for whom, with which evidence, at what cost, and where it is used.",
    ),
    "organisations": (
        "Organisations in social innovation",
        "Governments, non-profits, businesses, citizens' groups and academia, with their country and expertise.",
    ),
    "calls": ("Calls with their deadlines", "Who must do what by when, and which dates moved."),
    "events": ("Events", "When and where people meet, and whether there are seats left."),
    "reuses": (
        "Where practices were taken up",
        "Who took a practice up, where and since when, what they changed, what it cost and what came of it.",
    ),
    "policy-hooks": (
        "Policy that took practices up, or could",
        "Laws, budget lines, tenders and the like, from municipalities to the European Union, and how far each is.",
    ),
    "questions": (
        "Questions of the learning agenda",
        "What the network wants to know, what it knows by now, how sure it is, and how that changed.",
    ),
    "terms": ("Vocabularies", "The terms behind all codes, with their labels and the addresses of authorities."),
}
_MEDIA = "http://www.iana.org/assignments/media-types/"
_FILES = {"csv": ("CSV", "text/csv"), "jsonld": ("JSON_LD", "application/ld+json"), "": ("JSON", "application/json")}
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
}


def described() -> dict[str, Any]:
    """The catalogue with every data set and the ways to get it."""
    site = SiteSettings.objects.first() or SiteSettings()
    publisher = {
        "@id": f"{settings.SITE_URL}/#publisher",
        "@type": ["foaf:Agent", "schema:Organization"],
        "foaf:name": site.name,
        "schema:name": site.name,
    }
    terms_of_use = {"dct:license": {"@id": LICENCE["uri"]}, "schema:license": {"@id": LICENCE["uri"]}}
    catalogue = {
        "@id": _address("root"),
        "@type": ["dcat:Catalog", "schema:DataCatalog"],
        "dct:title": f"{site.name}: open data",
        "schema:name": f"{site.name}: open data",
        "dct:description": values(in_languages(site.description)) or "Open data on social innovation.",
        "dct:publisher": {"@id": publisher["@id"]},
        "foaf:homepage": {"@id": _address("docs")},
        "dct:language": _languages(),
        **terms_of_use,
        "dcat:dataset": [{"@id": _named(name)} for name in LISTS],
    }
    sets = [_dataset(name, route, publisher["@id"]) | terms_of_use for name, route in LISTS.items()]
    return {"@context": _CONTEXT, "@graph": [catalogue, publisher, *sets]}


def _dataset(name: str, route: str, publisher: Any) -> dict[str, Any]:
    title, description = _ABOUT[name]
    files = {file: made for file, made in DOWNLOADS.items() if file.startswith(f"{name}.")}
    return {
        "@id": _named(name),
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "dct:identifier": name,
        "dct:title": title,
        "dct:description": description,
        "schema:name": title,
        "schema:description": description,
        "schema:url": {"@id": _address("docs")},
        "schema:isAccessibleForFree": True,
        "schema:inLanguage": [code for code, _name in settings.LANGUAGES],
        "dct:language": _languages(),
        "dct:publisher": {"@id": publisher},
        "schema:creator": {"@id": publisher},
        "dct:accessRights": {"@id": f"{_AUTHORITY}access-right/PUBLIC"},
        "dct:accrualPeriodicity": {"@id": f"{_AUTHORITY}frequency/CONT"},
        "dcat:theme": {"@id": f"{_AUTHORITY}data-theme/SOCI"},
        "dcat:landingPage": {"@id": _address("docs")},
        "dcat:distribution": [_distribution(name, route), *(_distribution(file, made) for file, made in files.items())],
    }


def _distribution(name: str, route: str) -> dict[str, Any]:
    kind, media = _FILES[name.partition(".")[2]]
    url = {"@id": _address(route)}
    whole_file = {"dcat:downloadURL": url} if "." in name else {"dcat:accessService": _service()}
    return {
        "@id": f"{_address(route)}#distribution",
        "@type": ["dcat:Distribution", "schema:DataDownload"],
        "dct:title": name,
        "schema:name": name,
        "dcat:accessURL": url,
        **whole_file,
        "schema:contentUrl": url,
        "schema:encodingFormat": media,
        "dct:format": {"@id": f"{_AUTHORITY}file-type/{kind}"},
        "dcat:mediaType": {"@id": _MEDIA + media},
        "dct:license": {"@id": LICENCE["uri"]},
        "schema:license": {"@id": LICENCE["uri"]},
    }


def _service() -> dict[str, Any]:
    return {
        "@id": f"{_address('root')}#service",
        "@type": "dcat:DataService",
        "dct:title": "Open data over HTTP",
        "dcat:endpointURL": {"@id": _address("root")},
        "dcat:endpointDescription": {"@id": _address("schema")},
    }


def _named(name: str) -> str:
    return f"{_address('dataset')}#{name}"


def _languages() -> list[dict[str, str]]:
    codes = [code for code, _name in settings.LANGUAGES]
    return [{"@id": f"{_AUTHORITY}language/{EUROPEAN[code].authority}"} for code in codes if code in EUROPEAN]


def _address(route: str) -> str:
    return settings.SITE_URL + reverse(f"api:{route}")
