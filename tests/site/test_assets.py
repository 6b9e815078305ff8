"""Files of static/: names with fingerprints, stylesheets joined, addresses in them set right."""

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from support.site import PROJECT, SiteFolder

Make = Callable[..., SiteFolder]
HEAD = """
-- templates/page.html --
{% extends 'base.html' %}
{% block main %}
{{ asset('css/site.css') }}
{% endblock %}
"""


def stylesheet(made: SiteFolder) -> tuple[str, str]:
    """Return path and text of the only stylesheet."""
    assert made.problems == []
    paths = [path for path in made.outputs if path.endswith(".css")]
    assert len(paths) == 1
    return paths[0], made.read(paths[0])


def test_files_in_folders_have_a_fingerprint(site: Make) -> None:
    made = site("-- static/js/a.js --\nlet a\n-- static/img/deep/b.txt --\nb\n")
    made.build()
    assert [path for path in made.outputs if re.fullmatch(r"assets/js/a\.\w{10}\.js", path)]
    assert [path for path in made.outputs if re.fullmatch(r"assets/img/deep/b\.\w{10}\.txt", path)]


def test_files_at_the_top_keep_their_names_and_places(site: Make) -> None:
    made = site("-- static/CNAME --\nexample.org\n-- static/.well-known/security.txt --\nContact\n")
    made.build()
    assert made.read("CNAME") == "example.org\n"
    assert made.read(".well-known/security.txt") == "Contact\n"


@pytest.mark.parametrize("litter", [".DS_Store", "css/.hidden", "Thumbs.db", "css/a.css~", "css/.a.css.swp"])
def test_litter_is_passed_over(site: Make, litter: str) -> None:
    made = site(f"-- static/{litter} --\nx\n")
    assert made.problems == []
    assert not [path for path, data in made.outputs.items() if data == b"x\n"]


def test_large_file_is_copied_as_it_is_and_may_be_named_by_a_stylesheet(site: Make) -> None:
    made = site(HEAD + '-- static/css/site.css --\na { src: url("../fonts/a.woff2") }\n')
    large = {"fonts/a.woff2": b"wOF2" + b"\0" * 1_000_000, "film.mp4": b"\0\0\0\x18ftypisom" + b"\1" * 2_000_000}
    for name, data in large.items():
        made.write_bytes(f"static/{name}", data)
    path, text = stylesheet(made)
    (font,) = (one for one in made.outputs if one.endswith(".woff2"))
    assert re.fullmatch(r"assets/fonts/a\.\w{10}\.woff2", font)
    assert f'url("{font.replace("assets", "..")}")' in text.replace("url(../", 'url("../').replace("woff2)", 'woff2")')
    assert made.outputs[font] == large["fonts/a.woff2"]
    assert made.outputs["film.mp4"] == large["film.mp4"]
    made.write_bytes("static/film.mp4", large["film.mp4"] + b"\2")
    made.build()
    assert made.outputs["film.mp4"] == large["film.mp4"] + b"\2"
    assert path in made.outputs


@pytest.mark.long
@pytest.mark.parametrize("folder", ["static/films", "content/sl"])
def test_large_files_are_never_in_memory_together(site: Make, folder: str) -> None:
    pytest.importorskip("resource", reason="needs a system that counts memory: not Windows")
    names = [f"{number}.mp4" for number in range(10)]
    links = " ".join(f"[film]({name})" for name in names) if folder == "content/sl" else ""
    made = site(f"-- content/sl/a.md --\n---\ntitle: A\n---\n\n{links}\n")
    code = (
        "import resource; from sitegen import main; main(); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for size in (10, 20_000_000):
        for name in names:
            made.write_bytes(f"{folder}/{name}", b"\0\0\0\x18ftypisom" + bytes(size))
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=made.root, env={**os.environ, "PYTHONPATH": str(PROJECT)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        peaks.append(int(done.stdout.split()[-1]) * 1024)
    assert peaks[1] - peaks[0] < 60_000_000  # of 200 MB


def test_stylesheet_in_another_encoding_is_a_problem(site: Make) -> None:
    made = site(HEAD)
    made.write_bytes("static/css/site.css", "a {}\nb::before { content: 'š' }\n".encode("cp1250"))
    assert made.codes == ["not-utf8"]
    assert made.problems[0].startswith("static/css/site.css:2: error: The file is not encoded in UTF-8")


def test_byte_order_mark_spoils_no_rule_of_a_stylesheet(site: Make) -> None:
    made = site(HEAD + '-- static/css/site.css --\n@import "a.css";\n-- static/css/a.css --\n\ufeffa { color: red }\n')
    assert stylesheet(made)[1].startswith("a{color:red}")


def test_fingerprint_changes_with_the_bytes_only(site: Make) -> None:
    one, same, other = (site(f"-- static/js/a.js --\nlet {name}\n") for name in "aab")
    names = []
    for made in (one, same, other):
        made.build()
        names.append([path for path in made.outputs if path.endswith(".js") and path.startswith("assets/js/a.")])
    assert names[0] == names[1] != names[2]


def test_imports_are_put_in_place_in_their_order(site: Make) -> None:
    made = site(
        "-- static/css/site.css --\n@import url(\"a.css\");\n@import 'parts/b.css';\nbody { color: red }\n"
        "-- static/css/a.css --\na {}\n-- static/css/c.css --\nc {}\n"
        "-- static/css/parts/b.css --\n@import '../c.css';\nb {}\n"
    )
    _, text = stylesheet(made)
    assert text == "a{}c{}b{}body{color:red}"


def test_stylesheets_that_import_each_other_are_a_problem(site: Make) -> None:
    made = site("-- static/css/a.css --\n@import 'b.css';\n-- static/css/b.css --\n@import 'a.css';\n")
    assert set(made.codes) == {"stylesheet-import"}


def test_addresses_in_a_stylesheet_lead_to_the_fingerprinted_files(site: Make) -> None:
    made = site(
        "-- static/css/site.css --\na { background: url(../img/dot.svg) }\nb { background: url('../img/dot.svg#x') }\n"
        "-- static/img/dot.svg --\n<svg/>\n"
    )
    path, text = stylesheet(made)
    assert path.startswith("assets/css/site.")
    assert re.search(r'a\{background:url\("\.\./img/dot\.\w{10}\.svg"\)\}', text)
    assert re.search(r'b\{background:url\("\.\./img/dot\.\w{10}\.svg#x"\)\}', text)


def test_addresses_in_an_imported_stylesheet_count_from_its_own_folder(site: Make) -> None:
    made = site(
        "-- static/css/site.css --\n@import 'parts/a.css';\n"
        "-- static/css/parts/a.css --\na { background: url(../../img/dot.svg) }\n-- static/img/dot.svg --\n<svg/>\n"
    )
    assert re.search(r'url\("\.\./img/dot\.\w{10}\.svg"\)', stylesheet(made)[1])


def test_stylesheet_at_the_top_finds_its_files(site: Make) -> None:
    made = site("-- static/site.css --\na { background: url(img/dot.svg) }\n-- static/img/dot.svg --\n<svg/>\n")
    path, text = stylesheet(made)
    assert path == "site.css"
    assert re.search(r'url\("assets/img/dot\.\w{10}\.svg"\)', text)


def test_other_addresses_in_a_stylesheet_stay(site: Make) -> None:
    text = "a{background:url(data:image/gif;base64,R0lGOD)}b{filter:url(#f)}c{src:url(https://x.example/)}"
    assert stylesheet(site(f"-- static/css/site.css --\n{text}\n"))[1] == text


def test_stylesheets_and_scripts_lose_their_comments(site: Make) -> None:
    made = site(
        "-- static/css/site.css --\n/* why */\na { color: red }\n/*! licence */\n"
        "-- static/js/a.js --\n// why\nlet a = 'b // c';\n\n/* more */ let d = 1;\n"
    )
    made.build()
    assert stylesheet(made)[1] == "a{color:red}/*! licence */"
    (script,) = (data for path, data in made.outputs.items() if path.startswith("assets/js/"))
    assert script.decode().split() == ["let", "a='b", "//", "c';let", "d=1;"]


@pytest.mark.parametrize("address", ["../img/gone.svg", "/img/dot.svg", "../../../dot.svg"])
def test_dead_address_in_a_stylesheet_is_a_problem(site: Make, address: str) -> None:
    made = site(f"-- static/css/site.css --\na {{ background: url({address}) }}\n-- static/img/dot.svg --\n<svg/>\n")
    assert made.problems == [
        (
            f"static/css/site.css:1:17: error: url({address}): the file does not exist. [stylesheet-url]\n"
            f"     1 | a {{ background: url({address}) }}\n"
            "       |                 ^\n"
            "       = Correct the path."
        )
    ]


def test_asset_in_a_template_is_relative_to_each_page(site: Make) -> None:
    made = site(HEAD + "-- static/css/site.css --\na {}\n-- content/sl/a/b.md --\n---\ntitle: B\n---\n")
    made.build()
    assert re.search(r"^\.\./assets/css/site\.\w{10}\.css$", made.read("sl/index.html"), re.M)
    assert re.search(r"^\.\./\.\./\.\./assets/css/site\.\w{10}\.css$", made.read("sl/a/b/index.html"), re.M)


def test_unknown_asset_is_a_problem_of_the_template(site: Make) -> None:
    assert set(site(HEAD).codes) == {"template-failed"}
