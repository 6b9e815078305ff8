"""Whatever stands in the files of a site (Hypothesis): no exception, no hang, and nothing written outside its output.

The proof tries twenty times SITEGEN_EXAMPLES (100) texts of each kind, new ones each time; `make test` fewer, and the
same ones each time.
"""

import contextlib
import os
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.hostile import at_most
from support.site import TESTS, needs
from support.truth import run, story

from sitegen.cli.console import shown
from sitegen.inputs.config import read_config
from sitegen.inputs.data import read_data
from sitegen.model.config import Config, MarkdownOptions, RawHtml
from sitegen.model.files import Source
from sitegen.model.problems import Problem
from sitegen.model.urls import is_slug, joined, meant, output_path, relative
from sitegen.text.frontmatter import is_alias
from sitegen.text.gettext.catalogs import read_catalog
from sitegen.text.page import PageOptions, read_page

Test = TypeVar("Test", bound=Callable[..., Any])
BOUND = 2.0
PO = (TESTS / "minimal/locales/sl/LC_MESSAGES/messages.po").read_text()
SITE = (TESTS / "story/site.yaml").read_text()
# fmt: off
WORDS = st.sampled_from([
    *"[](){}<>*_`~!|:#>-+=\\&\"'^$%/.,;@ \t\n",
    "\n\n", "    ", "\n- ", "\n1. ", "\n> ", "\n## ", "\n:::note\n", "\n:::\n", "\n::pages\n", "\n```\n", "\n---\n",
    "\n|a|b|\n|-|-|\n", "\n!!! note\n    ", "[a](b.md)", "![a](b.png)", "[^1]", "\n[^1]: a\n",
    "\n*[A]: b\n", "\n[a]: b\n",
    "{#a}", "{: .b }", "{a=b}", "<b>", "</b>", "<div>", "</div>", "<!--", "-->", "<a href='",
    "javascript:", "&amp;", "&#",
    "a", "č", "\u00a0", "28. 9. 2015", "…", "\x00", "\x1b", "\x02", "\x03", "\ue000", "\ue001",
    "\ufeff", "\u202e", "\r",
    "\r\n", "\ud800", "🎉", "\u0301", "{{", "}}", "{%",
])
ODD = st.sampled_from([
    "", "true", "no", "null", "~", "1", "-1", "1.5", "1e999", "012", "0x1f", "2015-02-30",
    "2015-01-01", "12:30", "9" * 30,
    "a", "'", '"', "[", "]", "{", "}", "*a", "&a x", "!!int 1", "!x y", "|", ">", "? a", "- a",
    "a: b", "#", "@", "`", "%",
    "'../x'", "/x/", "'/sl/x/'", "index.md", "\t", "🎉", "'\\0'", '"\\x00"', '"\\ud800"', "<<: *a",
    "=", "sl", "show", "hide",
])
LINES = st.sampled_from([
    "msgid ", "msgstr ", "msgstr[0] ", "msgstr[1] ", "msgstr[9] ", "msgstr[x] ", "msgid_plural ",
    "msgctxt ", "#, fuzzy",
    "#~ msgid ", "#. a", "#: a", '""', '"a"', '"%(a)s"', '"%"', '"<b>"', '"\\n"', '"\\', '"', "[", "\n", "\n\n",
    '"Plural-Forms: nplurals=2; plural=n/0;\\n"', '"Plural-Forms: nplurals=99999999999; plural=n;\\n"',
    '"Content-Type: text/plain; charset=x\\n"', '"Plural-Forms: x\\n"',
])
# fmt: on
TEXTS = st.lists(WORDS | st.text(max_size=8), max_size=60).map("".join)
VALUES = st.recursive(
    ODD | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(["a", "sl", "en", "id", ""]), inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        )
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(
    "title description slug translation_key date updated draft publish_date expiry_date weight nav template image "
    "aliases fallback search sources l10n extra unknown".split()
)
HEADS = st.lists(st.tuples(KEYS, VALUES), max_size=6).map(lambda pairs: "".join(f"{k}: {v}\n" for k, v in pairs))
SETTINGS = st.sampled_from(
    "base_url default_language languages title description navigation feed fallback markdown raw_html images search "
    "output extra calendars cards unknown".split()
)
PAGES = st.tuples(HEADS, TEXTS).map(lambda parts: f"---\ntitle: A\n{parts[0]}---\n{parts[1]}")


CHECKS: dict[str, tuple[Callable[..., None], tuple[st.SearchStrategy[Any], ...]]] = {}


def tried(*strategies: st.SearchStrategy[Any]) -> Callable[[Test], Test]:
    """Return what puts a check into the table of both tests, with what is drawn for it."""

    def put(check: Test) -> Test:
        CHECKS[check.__name__] = (check, strategies)
        return check

    return put


def try_it(name: str, examples: int, derandomize: bool) -> None:
    check, strategies = CHECKS[name]
    calm = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    limits = settings(max_examples=examples, deadline=None, derandomize=derandomize, suppress_health_check=calm)
    limits(given(*strategies)(check))()


def said(problems: list[Problem]) -> None:
    """Show problems, which must not fail either."""
    for problem in problems:
        assert shown(problem).isprintable() or "\n" in shown(problem) or "\t" in shown(problem)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@tried(PAGES | TEXTS, st.sampled_from(["clean", "escape"]))
def pages(text: str, policy: Any) -> None:
    options = PageOptions(MarkdownOptions(), RawHtml(policy=policy))
    with at_most(BOUND):
        said(read_page(Source("content/sl/a.md", encoded(text)), options)[1])


@tried(st.binary(max_size=300) | TEXTS.map(lambda text: b"---\n" + encoded(text) + b"\n---\n"))
def any_bytes_as_a_page(data: bytes) -> None:
    with at_most(BOUND):
        said(read_page(Source("content/sl/a.md", data), PageOptions(MarkdownOptions(), RawHtml()))[1])


@tried(st.lists(st.tuples(SETTINGS, VALUES), min_size=1, max_size=4), st.booleans())
def site_settings(pairs: list[tuple[str, str]], behind: bool) -> None:
    given_now = {key for key, _ in pairs}
    kept = [line for line in SITE.split("\n") if behind or line.partition(":")[0] not in given_now]
    text = "".join(f"{key}: {value}\n" for key, value in pairs) + "\n".join(kept)
    with at_most(BOUND):
        said(read_config(Source("site.yaml", encoded(text)))[1])


@tried(TEXTS | st.lists(VALUES).map("\n".join))
def any_text_as_site_settings(text: str) -> None:
    with at_most(BOUND):
        said(read_config(Source("site.yaml", encoded(text)))[1])


def config() -> Config:
    found, _ = read_config(Source("site.yaml", SITE.encode()))
    assert found is not None
    return found


@tried(TEXTS | st.lists(st.tuples(st.sampled_from(["a", "sl", "b_by_language"]), VALUES).map(": ".join)).map("\n".join))
def data(text: str) -> None:
    with at_most(BOUND):
        said(read_data([Source("data/a.yaml", encoded(text))], config())[1])


@tried(st.lists(LINES | st.text(max_size=6), max_size=20).map("".join), st.booleans())
def catalogues(text: str, behind: bool) -> None:
    with at_most(BOUND):
        said(
            read_catalog(
                Source("locales/sl/LC_MESSAGES/messages.po", encoded(PO + "\n" + text if behind else text)), "sl"
            )[1]
        )


PARTS = st.text(st.sampled_from("aA1č.-_/\\%~:?# \x00éß\u0130ﬁ"), max_size=12)
SLUGS = st.text(st.sampled_from("aA1č-."), min_size=1, max_size=5).map(lambda text: f"a{text}b").filter(is_slug)
URLS = st.lists(SLUGS, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))


@tried(PARTS)
def what_is_a_slug_is_safe_everywhere(text: str) -> None:
    if is_slug(text):
        assert not {*text} & {*"/\\%~:?# \x00"}
        assert ".." not in text
        assert joined("public/sl", text) == f"public/sl/{text}"


@tried(PARTS.map(lambda text: "/" + text) | PARTS)
def what_is_an_alias_stays_inside(text: str) -> None:
    if is_alias(text):
        path = joined("public", text.strip("/"))
        assert path is not None
        assert path.startswith("public/")


@tried(URLS, URLS, st.booleans())
def a_relative_link_leads_where_it_was_meant_to(start: str, target: str, to_a_file: bool) -> None:
    target = target + "a.xml" if to_a_file else target
    assert meant(relative(start, target), output_path(start), "/") == output_path(target)


# A whole build, in a forked process that notes which files it opens for writing, makes, renames and removes.


def touched(root: Path) -> set[str]:
    """Build the site; return what outside its output and its own folders was touched."""
    needs("users", hasattr(os, "fork"))
    reader, writer = os.pipe()
    with warnings.catch_warnings():  # the threads of other tests' servers do not matter to the child
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        code, found = 9, set()
        own = tuple(f"{root}/{name}" for name in ("public", ".public.spare", ".cache"))

        def hook(event: str, values: tuple[Any, ...]) -> None:
            if event == "open":
                names = (
                    [values[0]]
                    if isinstance(values[2], int) and values[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
                    else []
                )
            else:
                names = list(values[:2]) if event in ("os.rename", "os.link", "os.symlink") else []
                names += (
                    [values[0]] if event in ("os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod") else []
                )
            paths = [os.path.realpath(os.path.dirname(name)) + "/x" for name in names if isinstance(name, str)]
            found.update(path for path in paths if not path.startswith(own) and path != f"{root}/x")

        sys.addaudithook(hook)
        with contextlib.suppress(BaseException):
            code = run(root).code
        os.write(writer, "\n".join(sorted(found)).encode())
        os._exit(code)
    os.close(writer)
    with open(reader, "rb") as pipe:
        paths = pipe.read().decode().splitlines()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) in (0, 1), "an exception"
    return set(paths)


NAMES = st.sampled_from(["sl/a", "en/index", "sl/guide/index", "es/x/y/z", "sl/con", "sl/..a", "xx/a", "sl/news/first"])


@tried(st.lists(st.tuples(NAMES, PAGES), min_size=1, max_size=3), st.lists(st.tuples(SETTINGS, VALUES), max_size=1))
def builds_write_nothing_outside(pages: list[tuple[str, str]], pairs: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        build_and_look(story(Path(os.path.realpath(folder)) / "story"), pages, pairs)


def build_and_look(root: Path, pages: list[tuple[str, str]], pairs: list[tuple[str, str]]) -> None:
    for name, text in pages:
        (root / f"content/{name}.md").parent.mkdir(parents=True, exist_ok=True)
        (root / f"content/{name}.md").write_bytes(encoded(text))
    for key, value in pairs:
        if key != "output":
            kept = [line for line in SITE.split("\n") if line.partition(":")[0] != key]
            (root / "site.yaml").write_bytes(encoded(f"{key}: {value}\n" + "\n".join(kept)))
    assert touched(root) <= {f"{root}/x"}


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_no_exception_no_hang(name: str) -> None:
    try_it(name, 20 if name == "builds_write_nothing_outside" else 100, derandomize=True)


@pytest.mark.proof
@pytest.mark.parametrize("name", sorted(CHECKS))
def test_no_exception_no_hang_long(name: str) -> None:
    number = int(os.environ.get("SITEGEN_EXAMPLES") or 100)
    try_it(name, number if name == "builds_write_nothing_outside" else 20 * number, derandomize=False)
