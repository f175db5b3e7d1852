"""A browser's own JSON and SHA-256 say the same: RFC 8785 is how ECMAScript writes JSON, with sorted names."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.environment import require

PARTS = json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8"))
# Written for this test from the RFC alone: names sorted by UTF-16 code units, which is how JavaScript compares texts.
THEIRS = """async (payload) => {
    const sorted = (value) => {
        if (Array.isArray(value)) return value.map(sorted);
        if (value === null || typeof value !== "object") return value;
        const made = {};
        for (const name of Object.keys(value).sort()) made[name] = sorted(value[name]);
        return made;
    };
    const mixed = (value) => {
        if (Array.isArray(value)) return value.map(mixed);
        if (value === null || typeof value !== "object") return value;
        return Object.fromEntries(Object.keys(value).reverse().map((name) => [name, mixed(value[name])]));
    };
    const text = JSON.stringify(sorted(mixed(JSON.parse(payload))));
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [text, [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("")];
}"""


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=require("chromium"), args=["--no-sandbox"])
        opened = chromium.new_page()
        # Cryptography is there for pages from a safe place only.
        opened.route("**/*", lambda route: route.fulfill(body="<!doctype html><title>Empty</title>"))
        opened.goto("https://portal.example.eu/")
        yield opened
        chromium.close()


def test_the_same_bytes_and_the_same_hash(page: Page) -> None:
    text, digest = page.evaluate(THEIRS, PARTS["payload"])
    assert text == PARTS["payload"]
    assert digest == PARTS["sha256"]


def test_another_text_has_another_hash(page: Page) -> None:
    _text, digest = page.evaluate(THEIRS, PARTS["payload"].replace("East", "West"))
    assert digest != PARTS["sha256"]
