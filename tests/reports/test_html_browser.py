"""The report of a scan in a real browser: it opens, filters, sorts and prints, and asks for nothing."""

import shutil
import socket
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from reports.scanned import replaced, row, summary, texts

from urlguard.guard import LANGUAGES
from urlguard.reports.html.page import page

CHROMIUM: Final = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium and no google-chrome is installed")
SOCKET: Final = socket.socket
"""The real one: the event loop of Playwright makes itself a pair of them."""
QUIET: Final = ("--disable-background-networking", "--disable-component-update", "--no-sandbox")
SLOW: Final = 1_500
"""Milliseconds that nothing on the page may take, on a machine that is busy with other tests."""
MANY: Final = 10_000
EN: Final = texts("en")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", SOCKET)
        with sync_playwright() as driver:
            started = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            yield started
            started.close()


class Watched:
    """A report that is open, and all that it said and asked for."""

    def __init__(self, context: BrowserContext, file: Path) -> None:
        self.noise: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.noise.append(message.text))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("dialog", lambda dialog: self.noise.append(dialog.message))
        self.page.on("request", lambda request: self.noise.append(request.url))
        self.page.goto(file.as_uri())
        assert self.noise.pop(0) == file.as_uri()

    def rows(self) -> list[str]:
        return self.page.locator("#table td.c-row").all_text_contents()

    def shown(self) -> str:
        return self.page.locator("[role=status]").inner_text()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    contexts: list[BrowserContext] = []

    def opened(of: Mapping[str, Any], lang: str = "en", **options: Any) -> Watched:  # noqa: ANN401
        file = tmp_path / "report.html"
        file.write_text("".join(page(of, texts(lang), lang)), "utf-8")
        contexts.append(browser.new_context(**options))
        return Watched(contexts[-1], file)

    yield opened
    for context in contexts:
        context.close()


AXE: Final = (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """Return what the accessibility rules of axe-core find wrong."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(told => told.violations)")
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_in_silence(opened: Any, lang: str) -> None:  # noqa: ANN401
    report = opened(summary(), lang)
    assert report.page.title().startswith(f"{texts(lang)['report_title']} · ")
    report.page.set_viewport_size({"width": 360, "height": 740})
    assert report.page.evaluate("document.documentElement.scrollWidth") == 360
    assert report.noise == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_it_is_accessible(opened: Any, scheme: str, width: int) -> None:  # noqa: ANN401
    size = {"width": width, "height": 800}
    report = opened(summary(6), "kk", color_scheme=scheme, viewport=size, reduced_motion="reduce")
    report.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert violations(report.page) == []


def test_it_filters(opened: Any) -> None:  # noqa: ANN401
    report = opened(summary())
    assert report.shown() == "1–100 of 130"
    report.page.fill("#find", "https://BONUS-12")
    assert report.shown() == "1–11 of 11"
    report.page.select_option("#by-level", label="dangerous")
    assert report.shown() == "0–0 of 0"
    assert report.page.locator("#nothing").is_visible()
    report.page.click("#reset")
    assert report.shown() == "1–100 of 130"
    report.page.select_option("#by-brand", label="Халық банкі")
    report.page.select_option("#by-scheme", label="Prizes")
    wanted = [one for one in map(row, range(130)) if one["brand"] == "halyk" and one["scheme"]]
    assert report.rows() == [f"1\u202f{one['row'] - 1000:03}" for one in wanted]
    assert report.noise == []


def test_it_sorts_by_mouse_and_by_keys(opened: Any) -> None:  # noqa: ANN401
    report = opened(summary())
    score = report.page.locator("th[data-column=score]")
    assert score.get_attribute("aria-sort") == "none"
    score.locator("button").click()
    assert score.get_attribute("aria-sort") == "descending"
    score.locator("button").press("Enter")
    assert score.get_attribute("aria-sort") == "ascending"
    assert report.rows()[0] == "1\u202f128", "of equal rows the one that stood first"
    report.page.locator("th[data-column=day] button").press("Space")
    assert score.get_attribute("aria-sort") == "none"
    days = report.page.locator("#table td.c-day").all_text_contents()
    assert days == sorted(days, reverse=True)
    for column in ("row", "source", "level", "input", "brand", "scheme"):
        head = report.page.locator(f"th[data-column={column}]")
        for direction, turned in (("ascending", False), ("descending", True)):
            head.locator("button").click()
            assert head.get_attribute("aria-sort") == direction
            cells = report.page.locator(f"#table td.c-{column} > :first-child").all_text_contents()
            told = [cell for cell in cells if cell]
            order = ["blocked", "dangerous", "suspicious"].index if column == "level" else str
            assert told == sorted(told, key=order, reverse=turned)
            assert cells == told + [""] * (len(cells) - len(told)), "what is empty stands last"
    assert report.noise == []


def test_rows_from_the_data_look_like_those_in_the_file(opened: Any) -> None:  # noqa: ANN401
    report = opened(summary())
    written = report.page.locator("#table tbody").inner_html()
    report.page.locator("[data-step='1']").first.click()
    assert report.shown() == "101–130 of 130"
    assert report.rows() == [f"1\u202f{at:03}" for at in range(100, 130)]
    report.page.locator("[data-step='1']").last.evaluate("one => one.click()")
    assert report.shown() == "101–130 of 130"
    report.page.locator("[data-step='-1']").first.click()
    assert report.page.locator("#table tbody").inner_html() == written


def test_reasons_open_on_demand(opened: Any) -> None:  # noqa: ANN401
    report = opened(summary())
    cell = report.page.locator("#table tbody tr").nth(1).locator("td.c-input")
    assert not cell.locator("ul").is_visible()
    cell.locator("summary").press("Enter")
    assert cell.locator("li").all_inner_texts() == ["(+1) It asks; for a code"]
    assert cell.locator(".advice").inner_text() == f"{EN['report_do']}: Do not open it."


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script><img src=http://a.example/x onerror=alert(2)>",
        "</script><script src=http://a.example/></script><!--",
        "https://a.example/ +7 701 555 01 02 a@a.example",
    ],
)
def test_hostile_rows_stay_texts(opened: Any, text: str) -> None:  # noqa: ANN401
    report = opened(replaced(summary(), lambda _: text))
    report.page.fill("#find", text)
    report.page.locator("th[data-column=input] button").click()
    report.page.locator("[data-step='1']").first.click()
    assert report.page.locator("#table td.c-input > bdi").first.text_content() == text
    assert report.page.locator("a:not([href^='#']), img, script[src], iframe").count() == 0
    assert report.noise == []


def test_without_scripts_the_first_rows_can_be_read(opened: Any) -> None:  # noqa: ANN401
    report = opened(summary(), java_script_enabled=False)
    assert len(report.rows()) == 100
    assert report.page.locator("#static").is_visible()
    assert not report.page.locator("#filter, .pager").first.is_visible()
    report.page.locator("#table summary").first.click()
    assert report.page.locator("#table .advice").first.is_visible()
    assert report.noise == []


def test_paper_has_the_reasons_and_no_controls(opened: Any) -> None:  # noqa: ANN401
    report = opened(summary(), color_scheme="dark")
    report.page.emulate_media(media="print")
    for control in ("nav", "#filter", ".pager button"):
        assert not report.page.locator(control).first.is_visible()
    assert report.shown() == "1–100 of 130"
    assert report.page.locator("#table tbody tr").nth(1).locator("li").first.is_visible()
    assert report.page.evaluate("getComputedStyle(document.body).color") == "rgb(24, 32, 44)"
    assert report.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


TIMED: Final = """async (step) => {
  const find = document.getElementById("find");
  const start = performance.now();
  if (step === "filter") {
    find.value = "bonus-77";
    find.dispatchEvent(new Event("input"));
  } else {
    document.querySelector(`th[data-column=${step}] button`).click();
  }
  document.body.getBoundingClientRect();
  return performance.now() - start;
}"""


def test_ten_thousand_rows_stay_fast(opened: Any) -> None:  # noqa: ANN401
    report = opened(summary(MANY))
    assert report.shown() == "1–100 of 10\u202f000"
    paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    report.page.wait_for_function(paint)
    times = {"paint": report.page.evaluate(paint)}
    for step in ("score", "input", "brand", "filter"):
        times[step] = report.page.evaluate(TIMED, step)
    assert report.shown() == "1–100 of 111"
    assert {step: time for step, time in times.items() if time > SLOW} == {}
    assert report.noise == []
