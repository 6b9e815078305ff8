"""What libraries and the system say is said in our own words in every language; an unknown cause stays as it came."""

import errno
import io
import os
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError, read_po
from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError

from sitegen.build.i18n import Speech
from sitegen.inputs.drawings import read_svg
from sitegen.model.phrases import Phrase, spoken, system_reason
from sitegen.text.gettext.catalogs import catalog_reason
from sitegen.text.template_errors import syntax_reason, undefined_name

JINJA = Environment(undefined=StrictUndefined, extensions=["jinja2.ext.i18n"], autoescape=True)
SLIPS = {
    "{% if a %}": "“if” is not closed",
    "{% for x in y %}{% endif %}": "“endif” does not fit here: “for” is still open",
    "{% if a %}{% elsif b %}{% endif %}": "“elsif” does not fit here: “if” is still open",
    "{% endif %}": "“endif” closes nothing",
    "{% foo %}": "there is no tag “foo”",
    "{{ a": "the template ends before “}}”",
    "{{ a b }}": "“}}” should be here instead of “b”",
    "{{ x | }}": "a name should be here instead of “}}”",
    "{{ (a }}": "“)” should be here instead of “}”",
    "{{ a) }}": "“)” is not expected here",
    "{{ a ? }}": "“?” is not expected here",
    "{% include %}": "“%}” is not expected here",
    "{{ }}": "a value is missing before “}}”",
    "{{ a. }}": "a name or a value is missing here",
    "{# a": "the comment is not closed with “#}”",
    "{% %}": "the name of a tag is missing after “{%”",
    "{{ a|nofilter }}": "there is no filter “nofilter”",
    "{{ a is notest }}": "there is no test “notest”",
    "{% block a %}{% endblock %}{% block a %}{% endblock %}": "there are two blocks “a”",
    "{% block a-b %}{% endblock %}": "the name of a block can contain only letters, digits and underscores",
    "{% set 1 = 2 %}": "a value can be assigned only to a name",
    "{% macro f(a=1, b) %}{% endmacro %}": "arguments with a default value must come last",
    "{{ f(a=1, 2) }}": "positional arguments must come before named ones",
    "{% trans %}a": "“trans” is not closed",
    "{% trans %}{% if a %}{% endif %}{% endtrans %}": "“trans” can contain only text and values",
    "{% trans %}a{% pluralize %}b{% endtrans %}": "“pluralize” needs a number in “trans”",
}
MISSING = {
    "{{ a }}": "“a”",
    "{{ {}.b }}": "“b”",
    "{{ [][3] }}": "“[3]”",
    "{% macro f(a) %}{{ a }}{% endmacro %}{{ f() }}": "“a”",
    "{% block q %}{{ super() }}{% endblock %}": "“super()”",
}
CATALOGUES = {
    'msgid "a"\nmsgstr "b"\nmsgfoo "c"\n': "a line begins with neither a keyword such as msgid nor a quotation mark",
    '"a"\n': "text in quotation marks does not follow msgid, msgstr or msgctxt",
}
DRAWINGS = {
    "": "it is empty or ends too early",
    "<svg": "a tag or a comment is not closed",
    "<svg><g></svg>": "an element is not closed, or is closed in the wrong place",
    "<svg/>a": "there is text after the last element",
    '<svg a="1" a="2"/>': "an element has the same attribute twice",
    "<svg><x:g/></svg>": "the namespace prefix of a name is not declared",
    " <?xml version='1.0'?><svg/>": "there is something before <?xml …?>",
    "<svg><1/></svg>": "it is not correct XML here",
}


@pytest.mark.parametrize(("template", "reason"), SLIPS.items())
def test_slip_in_a_template(template: str, reason: str) -> None:
    with pytest.raises(TemplateSyntaxError) as raised:
        JINJA.from_string(template)
    found = syntax_reason(raised.value.message or "")
    assert str(found) == reason
    assert all(spoken(found, Speech(code)) != reason for code in ("sl", "es"))


def test_unknown_slip_is_shown_as_it_came() -> None:
    assert syntax_reason("what nobody knows") == "what nobody knows"


@pytest.mark.parametrize(("template", "name"), MISSING.items())
def test_name_that_a_template_lacks(template: str, name: str) -> None:
    with pytest.raises(UndefinedError) as raised:
        JINJA.from_string(template).render()
    found = undefined_name(raised.value.message or "")
    assert str(found) == name
    assert spoken(found, Speech("sl")) == name.replace("“", "»").replace("”", "«")


@pytest.mark.parametrize(("text", "reason"), CATALOGUES.items())
def test_slip_in_a_catalogue(text: str, reason: str) -> None:
    with pytest.raises((PoFileError, ValueError)) as raised:
        read_po(io.BytesIO(text.encode()), abort_invalid=True)
    assert str(catalog_reason(raised.value)) == reason


def test_catalogue_that_cannot_be_read_for_another_reason() -> None:
    assert str(catalog_reason(ValueError("what nobody knows"))) == "the text is not a PO catalogue"


@pytest.mark.parametrize(("drawing", "reason"), DRAWINGS.items())
def test_slip_in_a_drawing(drawing: str, reason: str) -> None:
    _, problems = read_svg("a.svg", drawing.encode())
    assert [str(dict(one.values)["reason"]) for one in problems] == [reason]


def test_what_the_system_refuses(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory") as raised:
        (tmp_path / "none").read_bytes()
    assert str(system_reason(raised.value)) == "the file or folder does not exist"
    assert spoken(system_reason(raised.value), Speech("sl")) == "datoteka ali mapa ne obstaja"


def test_rare_refusal_is_shown_as_it_came() -> None:
    assert system_reason(OSError(errno.ENOMSG, os.strerror(errno.ENOMSG))) == Phrase(os.strerror(errno.ENOMSG))
    assert str(system_reason(PermissionError("a reason of ours"))) == "a reason of ours"
    assert str(system_reason(OSError())) == "unknown reason"
