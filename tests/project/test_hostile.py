"""Content as from a careless merge: it is escaped, refused with a message, or bounded in time; it never acts.

Scripts wherever an editor can write, paths that lead elsewhere, template syntax, bombs of YAML and Markdown.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.hostile import active, at_most, prove_harmless
from support.site import PROJECT, SiteFolder, needs, tree
from support.truth import story

Make = Callable[..., SiteFolder]
EVIL = "</script></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
BOUND = 5.0  # seconds of the processor: half of what one page may take


def page(body: str, head: str = "title: A") -> str:
    return f"---\n{head}\n---\n\n{body}\n"


def harmless(made: SiteFolder) -> None:
    """See that the build either refuses, in words, or publishes what cannot act."""
    result = made.build()
    if result.failed:
        assert made.problems
    else:
        prove_harmless(made.outputs)


# Scripts


REFUSED = {
    "<script>alert(1)</script>": "html-refused",
    "a <script>alert(1)</script> b": "html-refused",
    "<SCRIPT SRC=//x.example/a.js></SCRIPT>": "html-refused",
    "<scr<script>ipt>alert(1)</script>": "html-refused",
    "<img src=x alt='' onerror=alert(1)>": "html-refused",
    "<svg onload=alert(1)></svg>": "html-refused",
    "<svg><script>alert(1)</script></svg>": "html-refused",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>": "html-refused",
    "<iframe src='https://x.example/'></iframe>": "html-refused",
    "<style>body { display: none }</style>": "html-refused",
    "<form action='https://x.example/'><input></form>": "html-refused",
    "<base href='https://x.example/'>": "html-refused",
    "<meta http-equiv=refresh content='0;url=https://x.example/'>": "html-refused",
    "<object data='x.swf'></object>": "html-refused",
    "<div style='position:fixed'>a</div>": "html-refused",
    "<a href='javascript:alert(1)'>a</a>": "link-scheme",
    "<a href=' java\tscript:alert(1)'>a</a>": "link-scheme",
    "<a href='&#106;avascript:alert(1)'>a</a>": "link-scheme",
    "<a href='vbscript:a'>a</a>": "link-scheme",
    "[a](javascript:alert(1))": "link-scheme",
    "[a](JaVaScRiPt:alert(1))": "link-scheme",
    "[a](<javascript:alert(1)>)": "link-scheme",
    "[a](&#106;avascript:alert(1))": "link-scheme",
    "[a](data:text/html;base64,PHNjcmlwdD4=)": "link-scheme",
    "[a][b]\n\n[b]: javascript:alert(1)": "link-scheme",
    "![a](javascript:alert(1))": "link-scheme",
    "![a](data:image/svg+xml,<svg/onload=alert(1)>)": "link-scheme",
    "[a](index.md){onclick=alert(1)}": "attribute-refused",
    "[a](index.md){style=color:red}": "attribute-refused",
    "## A {#a onmouseover=alert(1)}": "attribute-refused",
    "[a](//x.example/){target=_blank onclick=x}": "attribute-refused",
}


@pytest.mark.parametrize("body", REFUSED)
def test_scripts_in_markdown_are_refused(site: Make, body: str) -> None:
    made = site()
    made.edit("content/sl/a.md", page(body))
    assert made.build().failed
    assert REFUSED[body] in made.codes


SHOWN = [
    "<img/src='x'/onerror='alert(1)'>",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    '```{onclick="alert(1)"}\na\n```',
    "```html onclick=alert(1)\na\n```",
    "<javascript:alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '[a](index.md "x\\" onclick=\\"alert(1)")',
    '!["onerror=alert(1) x="](b.svg)',
    "![a](b.svg '\" onerror=\"alert(1)')",
    ':::note "<img src=x onerror=alert(1)>"\na\n:::',
    '!!! note "<script>alert(1)</script>"\n    a',
    'a[^1]\n\n[^1]: "><script>',
    '*[A]: "><script>alert(1)</script>\n\nA',
    '::pages{a="<script>alert(1)</script>"}',
    "| <b onclick=alert(1)> |\n|-|\n| a |",
    '## A {: #a"><script>alert(1)</script> }',
    "\ue000label:<script>:\ue001",
    "\x02wzxhzdk:0\x03 <b>a</b> \x02amp\x03lt;script\x02",
    "<b <script>alert(1)</script>>",
    "<!-- --!><script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
]


@pytest.mark.parametrize("policy", ["clean", "escape"])
@pytest.mark.parametrize("body", [*SHOWN, *REFUSED])
def test_whatever_passes_cannot_act(site: Make, body: str, policy: str) -> None:
    made = site("-- content/sl/b.svg --\n<svg xmlns='http://www.w3.org/2000/svg'/>\n")
    made.edit("content/sl/a.md", page(body))
    made.edit("site.yaml", (made.root / "site.yaml").read_text() + f"raw_html: {{policy: {policy}}}\n")
    harmless(made)


@pytest.fixture(scope="module")
def infected(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """Build this project's own site with hostile words in all titles, descriptions, labels, settings and data."""
    made = SiteFolder(tmp_path_factory.mktemp("infected") / "site")
    for name in ("content", "data", "locales", "static", "templates"):
        shutil.copytree(PROJECT / name, made.root / name)
    shutil.copy(PROJECT / "site.yaml", made.root / "site.yaml")
    quoted = EVIL.replace("'", "''")
    for file in [*made.root.glob("content/**/*.md")]:
        text = file.read_text(encoding="utf-8").split("\n")
        for at, line in enumerate(text[1:], 1):
            key = line.partition(":")[0]
            if line == "---":
                break
            if key in ("title", "nav", "description") and line != "nav: false":
                text[at] = f"{key}: '{key} {quoted}'"
        file.write_text("\n".join(text), encoding="utf-8")
    return made


@pytest.mark.long
def test_hostile_titles_stay_text_in_every_output_of_the_site(infected: SiteFolder) -> None:
    result = infected.build()
    assert not result.failed, infected.problems[:3]
    own = own_scripts(tree(PROJECT / "templates") | tree(PROJECT / "sitegen/theme/templates"))
    for path, data in infected.outputs.items():
        if path.endswith(".html"):
            text = data.decode()
            assert "<script>alert" not in text
            assert "<img src=x" not in text
            icon = "href=data:image/svg+xml," if path.endswith("404.html") else "none"  # of the theme, at any depth
            assert [one for one in active(text) if one not in own and not one.startswith(icon)] == [], path
    others = {
        path: data for path, data in infected.outputs.items() if path.startswith(("search/", "sl/feed", "sitemap"))
    }
    prove_harmless(others)


def own_scripts(templates: dict[str, bytes]) -> set[str]:
    """Return what this site's own templates use and a test of foreign words must not count."""
    return {"<script>", "<style>", "<form>", "<template>"} if templates else set()


@pytest.mark.parametrize(
    "title", [EVIL, "a\n\nb", "a\u2028b", "{{ 7*7 }}", "]]>", "&amp;", "<!--", "a\u2067b", "\u0007", "%s %(x)s {x}"]
)
def test_titles_descriptions_and_data_are_text(tmp_path: Path, title: str) -> None:
    made = SiteFolder(story(tmp_path / "story"))
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\u0007", "\\a") + '"'
    made.edit("content/sl/news/first.md", page("A.", f"title: {quoted}\ndescription: {quoted}\ndate: 2015-01-01"))
    made.edit("content/sl/guide/index.md", page("## A {#aims}", f"title: {quoted}\nnav: {quoted}"))
    fairs = (made.root / "data/fairs.yaml").read_text()
    made.edit("data/fairs.yaml", fairs.replace("Pomlad", quoted).replace("id: spring", f"id: {quoted}"))
    settings = (made.root / "site.yaml").read_text().replace("sl: Mesto,", f"sl: {quoted},")
    made.edit("site.yaml", settings.replace("Mesto je šola", quoted))
    harmless(made)
    assert made.result
    assert not made.result.failed, made.problems


@pytest.mark.parametrize(
    ("translation", "code"),
    [
        ("<script>alert(1)</script>", "string-html"),
        ("<b onclick=alert(1)>", "string-html"),
        ("&#60;script&#62;", "string-html"),
        ("%(language.__class__)s", "string-percent"),
        ("%(language)s %(secret)s", "placeholder-unknown"),
        ("100 % %(language)s", "string-percent"),
    ],
)
def test_hostile_translations_are_refused(site: Make, translation: str, code: str) -> None:
    made = site()
    path = "locales/sl/LC_MESSAGES/messages.po"
    made.edit(path, (made.root / path).read_text() + f'\nmsgid "Shown %(language)s"\nmsgstr "{translation}"\n')
    assert made.build().failed
    assert code in made.codes


@pytest.mark.parametrize(
    "translation", ["{{ 7*7 }} <", "{% raw %}", '\\" onclick=\\"alert(1)', "${7*7}", "{0.__class__}"]
)
def test_syntax_in_translations_is_text(site: Make, translation: str) -> None:
    made = site(
        "-- content/en/x.md --\n---\ntitle: X\n---\n-- content/sl/a.md --\n---\ntitle: A\n---\n\n:::note\na\n:::\n"
    )
    path = "locales/sl/LC_MESSAGES/messages.po"
    text = (made.root / path).read_text().partition('msgid "Note"')[0]
    made.edit(path, f'{text}\nmsgid "Note"\nmsgstr "{translation}"\n')
    harmless(made)
    assert b"49" not in made.outputs.get("sl/a/index.html", b"")


# Names of files


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)<",
        '" onload="alert(1)',
        "a'b",
        "$(touch owned)",
        "a;b",
        "a\nb",
        "a\x1bb",
        "-rf",
        "con",
        "a..b",
        "%2e%2e",
        "{{ 7*7 }}",
        "x" * 240,
        " a",
        "a ",
        "a\u202eb",
        "#a",
        "a?b",
        "a&b",
        "javascript:alert(1)",
    ],
)
def test_hostile_names_of_files(site: Make, name: str) -> None:
    needs("free names", sys.platform.startswith("linux"))
    made = site()
    made.edit(f"content/sl/{name}.md", page("A."))
    made.edit("content/sl/b.md", page(f"![a](<{name}.svg>)" if "\n" not in name else "a"))
    made.edit(f"content/sl/{name}.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    made.edit(f"static/css/{name}.css", "p {}")
    harmless(made)
    made.remove(f"content/sl/{name}.md")
    harmless(made)
    assert not (made.root / "owned").exists()


# Drawings


SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{}</svg>"
DRAWINGS = {
    "script": SVG.format("<script>alert(1)</script>"),
    "script of another name": "<x:svg xmlns:x='http://www.w3.org/2000/svg'><x:script>alert(1)</x:script></x:svg>",
    "handler": SVG.format("<path onclick='alert(1)'/>"),
    "handler on a line": SVG.format("<path\nonload\n=\n'alert(1)'/>"),
    "foreign object": SVG.format("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"),
    "link": SVG.format("<a href='https://x.example/'><path/></a>"),
    "script address": SVG.format("<a xlink:href='java&#115;cript:alert(1)'><path/></a>"),
    "animation": SVG.format("<a><set attributeName='href' to='javascript:alert(1)'/></a>"),
    "image from elsewhere": SVG.format("<image href='https://x.example/a.png'/>"),
    "style from elsewhere": SVG.format("<style>@import 'https://x.example/a.css';</style>"),
    "fill from elsewhere": SVG.format("<path fill='url(https://x.example/a.svg#b)'/>"),
    "entities": "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + SVG.format("<text>&b;</text>"),
    "entity from a file": "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + SVG.format("<text>&a;</text>"),
    "style sheet": "<?xml-stylesheet href='https://x.example/a.xsl' type='text/xsl'?>" + SVG.format(""),
}


@pytest.mark.parametrize("kind", DRAWINGS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_drawings_that_act_are_refused(site: Make, kind: str, encoding: str) -> None:
    made = site()
    made.edit("content/sl/a.md", page("![a](b.svg)"))
    made.write_bytes("content/sl/b.svg", DRAWINGS[kind].encode(encoding))
    if kind == "style sheet" and made.build().failed is False:  # an instruction is left out, as programs' litter is
        (drawing,) = made.root.glob("public/assets/sl/b.*.svg")
        assert "stylesheet" not in drawing.read_text()
        return
    assert made.build().failed
    (code,) = made.codes
    assert code.startswith("svg-")


@pytest.mark.parametrize("kind", ["plain", "gradient"])
def test_drawings_that_only_show_are_published(site: Make, kind: str) -> None:
    gradient = (
        "<defs><linearGradient id='g'/></defs><use href='#h'/><path fill='url(#g)'/><style>a { fill: red }</style>"
    )
    made = site()
    made.edit("content/sl/a.md", page("![a](b.svg)"))
    made.edit(
        "content/sl/b.svg", "\ufeff<?xml version='1.0'?>" + SVG.format(gradient if kind == "gradient" else "<path/>")
    )
    assert made.problems == []


# Paths


OUT = [
    "../x",
    "..",
    ".",
    "a/../../x",
    "/etc/x",
    "//x.example",
    "..\\x",
    "a\\b",
    "%2e%2e/x",
    "a b",
    "a\x00",
    "~",
    "a/",
    ".",
]


@pytest.mark.parametrize("slug", [*OUT, "con", "a:b", "a?b", "a#b", "-", "x" * 300])
def test_slugs_that_lead_elsewhere_are_refused(site: Make, slug: str) -> None:
    made = site()
    made.edit("content/sl/a.md", page("A.", f'title: A\nslug: "{slug}"'.replace("\\", "\\\\").replace("\x00", "\\0")))
    assert made.build().failed
    assert "slug-invalid" in made.codes


ALIASES = [
    "/../x",
    "/sl/../../x",
    "//x.example/",
    "https://x.example/",
    "x",
    "/a//b",
    "/sl/..\\x",
    "/%2e%2e/x",
    "/",
    "",
    "/.",
]


@pytest.mark.parametrize("alias", ALIASES)
def test_aliases_that_lead_elsewhere_are_refused(site: Make, alias: str) -> None:
    made = site()
    made.edit("content/sl/a.md", page("A.", f"title: A\naliases: ['{alias}']"))
    assert made.build().failed
    assert {"alias-invalid", "address-twice"} & {*made.codes}


@pytest.mark.parametrize(
    "target", ["../../secret.txt", "../../../../../../etc/passwd", "/etc/passwd", "..", "../../site.yaml"]
)
def test_pictures_and_links_out_of_the_content_are_refused(site: Make, target: str) -> None:
    made = site()
    made.edit("secret.txt", "secret")
    made.edit("content/sl/a.md", page(f"![a]({target})\n\n[b]({target})", f"title: A\nimage: {target}"))
    assert made.build().failed
    assert {*made.codes} <= {"image-missing", "link-outside", "link-rooted", "file-not-found", "link-missing"}
    made.edit("content/sl/a.md", page(f"![a](&#46;&#46;/{target})\n\n[b](%2e%2e/{target})"))
    harmless(made)
    assert b"secret" not in b"".join(made.outputs.values())


@pytest.mark.parametrize(
    "name", ["../../site.yaml", "/etc/passwd", "../content/sl/index.md", "blocks/../page.html", ""]
)
def test_templates_out_of_their_folder_are_refused(site: Make, name: str) -> None:
    made = site()
    made.edit("content/sl/a.md", page("A.", f"title: A\ntemplate: '{name}'"))
    assert made.build().failed
    assert "template-unknown" in made.codes
    made.edit("content/sl/a.md", page(f"::{name}\n\n::../{name}{{a=b}}\n\n::page{{x=../{name}}}"))
    harmless(made)


@pytest.mark.parametrize("key", ["../../x", "/etc/passwd", "..", "index", "<b>", "a\\nb"])
def test_translation_keys_are_names_and_no_paths(site: Make, key: str) -> None:
    made = site()
    made.edit("content/sl/a.md", page("A.", f'title: A\ntranslation_key: "{key}"'))
    made.edit("content/en/b.md", page("A.", f'title: B\ntranslation_key: "{key}"'))
    harmless(made)


@pytest.mark.parametrize(
    "output", ["../x", "/tmp/x", ".", "a/../..", "", "content", "content/sl", "templates", "static/x", "data"]
)
def test_output_folders_that_are_not_for_output_are_refused(site: Make, output: str) -> None:
    made = site("-- static/x/a.txt --\na\n-- data/a.yaml --\na: 1\n")
    before = tree(made.root)
    made.edit("site.yaml", (made.root / "site.yaml").read_text() + f"output: '{output}'\n")
    assert made.build().failed
    assert {*made.codes} <= {"path-outside", "output-inside"}
    kept = {
        path: data for path, data in tree(made.root).items() if not path.startswith(".cache/") and path != "site.yaml"
    }
    assert kept == {path: data for path, data in before.items() if path != "site.yaml"}


def test_stylesheets_cannot_take_in_files_from_elsewhere(site: Make) -> None:
    made = site(
        "-- secret.css --\n.secret {}\n"
        "-- static/css/a.css --\n@import '../../secret.css';\na { b: url(../../site.yaml) }\n"
    )
    assert made.build().failed
    assert {*made.codes} == {"stylesheet-import", "stylesheet-url"}


# Template syntax


SYNTAX = [
    "{{ 7*7 }}",
    "{% include 'page.html' %}",
    "{{ ''.__class__.__mro__ }}",
    "{# a #}",
    "{%",
    "}}",
    "${7*7}",
    "<%= 7*7 %>",
]


@pytest.mark.parametrize("text", SYNTAX)
def test_template_syntax_in_content_is_text(tmp_path: Path, text: str) -> None:
    made = SiteFolder(story(tmp_path / "story"))
    head = f'title: "{text}"\ndescription: "{text}"\nextra: {{a: "{text}"}}'
    made.edit("content/sl/guide/more.md", page(f"{text}\n\n## {text}\n\n`{text}`\n\n:::note\n{text}\n:::", head))
    data = (made.root / "data/fairs.yaml").read_text()
    made.edit("data/fairs.yaml", data.replace("Pomlad", f'"{text}"'))
    harmless(made)
    assert set(made.codes) <= {"dialect-foreign"}
    shown = made.read("sl/vodič/more/index.html")
    assert "49" not in shown
    assert "&#39;__class__" not in shown
    assert "7*7" in shown or "7*7" not in text


# Bombs


YAML = {
    "aliases that grow": "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 20)),
    "merges": "a: &a {b: 1}\nc: {<<: *a}\n",
    "an alias of itself": "a: &a [*a]\n",
    "lists in lists": "a: " + "[" * 100_000,
    "lists in lists, closed": "a: " + "[" * 5_000 + "]" * 5_000,
    "maps in maps": "a: " + "{a: " * 100_000,
    "items in items": "- " * 100_000 + "a",
    "keys in keys": "? " * 100_000 + "a",
    "indentation": "\n".join(" " * n + "a:" for n in range(1_300)),
    "many keys": "".join(f"k{n}: 1\n" for n in range(20_000)),
    "one key, many times": "a: 1\n" * 40_000,
    "a long word": "a: " + "x" * 900_000,
    "a long text": "a: >\n" + "  x\n" * 200_000,
    "a long list": "a: [" + "a," * 100_000 + "]",
    "tags": "".join(f"k{n}: !!python/object/apply:os.system [touch owned]\n" for n in range(100)),
    "documents": "--- \n" * 100_000,
    "digits": "a: " + "9" * 100_000,
}
READ = """
import sys, time
from sitegen.model.config import MarkdownOptions, RawHtml
from sitegen.model.files import Source
from sitegen.inputs.config import read_config
from sitegen.inputs.data import read_data
from sitegen.text.page import PageOptions, read_page
text = sys.stdin.read()
good = b"base_url: https://x.example/\\ndefault_language: sl\\nlanguages: {sl: {label: S}}\\ntitle: T\\n"
config = read_config(Source("site.yaml", good))[0]
started = time.process_time()
if sys.argv[1] == "data":
    read_data([Source("data/a.yaml", text.encode())], config)
elif sys.argv[1] == "site.yaml":
    read_config(Source("site.yaml", text.encode()))
else:
    page = f"---\\ntitle: A\\nextra:\\n  b: 1\\n{text}\\n---\\n" if sys.argv[1] == "front matter" else text
    read_page(Source("content/sl/a.md", page.encode()), PageOptions(MarkdownOptions(), RawHtml()))
print(time.process_time() - started)
"""


@pytest.mark.parametrize("place", ["data", "site.yaml", "front matter"])
@pytest.mark.parametrize("kind", YAML)
def test_bombs_of_yaml_are_bounded(tmp_path: Path, kind: str, place: str) -> None:
    """In a process of its own: what overflows the stack of C ends the process."""
    done = subprocess.run(
        [sys.executable, "-c", READ, place],
        input=YAML[kind],
        cwd=tmp_path,
        env={"PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert float(done.stdout) < BOUND
    assert not (tmp_path / "owned").exists()


MARKDOWN = {
    "2,000 [": "[" * 2_000,
    "2,000 ![": "![" * 2_000,
    "2,000 [a](": "[a](" * 2_000,
    "5,000 [[]": "[[]" * 5_000,
    "100,000 *": "*" * 100_000,
    "100,000 _": "_" * 100_000,
    "**a": "**a" * 30_000,
    "*a_b": "*a_b" * 20_000,
    "100,000 `": "`" * 100_000,
    "` a": "` a" * 30_000,
    "100,000 \\": "\\" * 100_000,
    "quotes, 500 deep": "> " * 500 + "a",
    "quotes, one deeper each line": "\n".join("> " * n + "a" for n in range(500)),
    "lists, 500 deep": "\n".join("    " * n + "- a" for n in range(500)),
    "numbered lists, 500 deep": "\n".join("    " * n + "1. a" for n in range(500)),
    "lists, 500 deep in a line": "- " * 500 + "a",
    "callouts, 500 deep": ":::note\n" * 500,
    "callouts, 2,000 open": ":::note\n\n" * 2_000,
    "!!!, 300 deep": "\n".join("    " * n + "!!! note" for n in range(300)),
    "a line of 900,000 letters": "a" * 900_000,
    "a line of 120,000 words": "beseda " * 120_000,
    "a line with 100,000 marks": "a *b* " * 100_000,
    "900,000 blanks": " " * 900_000,
    "900,000 lines": "\n" * 900_000,
    "100,000 <": "<" * 100_000,
    "<a": "<a " * 50_000,
    "<http://": "<http://" * 20_000,
    "<div>": "<div>" * 5_000,
    "<div> lines": "<div>\n" * 5_000,
    "</p>": "</p>" * 20_000,
    "<!--": "<!--" * 20_000,
    "<![CDATA[": "<![CDATA[" * 10_000,
    "<?": "<?" * 20_000,
    "&amp;": "&amp;" * 100_000,
    "&": "&" * 100_000,
    "a wide table": "|".join("a" * 3_000) + "\n" + "|".join(["-"] * 3_000) + "\n" + "|".join("b" * 3_000),
    "a long table": "a|b\n-|-\n" + "1|2\n" * 20_000,
    "one footnote, many times": "[^1]" * 3_000 + "\n\n[^1]: a",
    "many footnotes": "".join(f"[^{n}]" for n in range(1_000))
    + "\n\n"
    + "".join(f"[^{n}]: a\n\n" for n in range(1_000)),
    "many abbreviations": "".join(f"*[A{n}]: b\n" for n in range(1_000))
    + "\n"
    + " ".join(f"A{n}" for n in range(1_000)),
    "many headings": "## a\n\n" * 5_000,
    "many headings without a blank line": "a\n---\n" * 10_000,
    "many links": "[a](index.md) " * 2_000,
    "many references": "".join(f"[r{n}]: https://x/{n}\n" for n in range(2_000)) + "\n" + "[r1] " * 2_000,
    "many fences": "```\n" * 5_001,
    "a long fence": "`" * 50_000 + "\na",
    "200,000 backticks": "`" * 200_000,
    "many backticks of many lengths": "".join("`" * (n % 50 + 1) + "x" for n in range(4_000)),
    "many ~~": "~~a" * 20_000,
    "many quotation marks": "\"'" * 50_000,
    "many dashes": "-" * 100_000,
    "many directives": "::pages\n\n" * 3_000,
    "a long directive": "::p{" + "a=b " * 5_000 + "}",
    "many braces": "*a*{: .b }" * 3_000,
    "accents on one letter": "a" + "\u0301" * 100_000,
    "marks of Python-Markdown": "\x02wzxhzdk:0\x03" * 10_000,
    "marks of ours": "\ue000\ue001" * 30_000,
}


@pytest.mark.parametrize("kind", MARKDOWN)
def test_bombs_of_markdown_are_bounded(site: Make, kind: str) -> None:
    made = site()
    made.build(jobs=1)
    made.edit("content/sl/a.md", page(MARKDOWN[kind]))
    with at_most(2 * BOUND):  # the whole build; the page itself is read in half of it
        harmless(made)
