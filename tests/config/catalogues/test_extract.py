"""Every way in which the product says something is found."""

import pytest

from config.catalogues.extract import Unextractable, from_django, from_jinja, from_python


def found(sentences):
    return [(said.one, said.many, said.context) for said in sentences]


def test_python_is_read_by_the_names_it_imported():
    source = """
from django.utils.translation import gettext as say, gettext_lazy as _, ngettext, pgettext_lazy, npgettext
from django.utils import translation
from elsewhere import gettext

say("A"); _("B" " and more"); ngettext("C", "Cs", n); pgettext_lazy("noun", "D"); npgettext("e", "E", "Es", n)
translation.gettext("F"); say(variable); gettext("not ours")
"""
    assert found(from_python(source, "x.py")) == [
        ("A", None, None),
        ("B and more", None, None),
        ("C", "Cs", None),
        ("D", None, "noun"),
        ("E", "Es", "e"),
        ("F", None, None),
    ]


def test_a_function_that_only_shares_the_name_is_left_alone():
    assert not found(from_python('def say(text): ...\nsay(f"{name} is ready")', "x.py"))


@pytest.mark.parametrize("given", ['f"{n} things"', '"some " + things', '"%s things" % n'])
def test_a_sentence_put_together_beforehand_is_refused(given):
    with pytest.raises(Unextractable, match=r"x\.py:2"):
        list(from_python(f"from django.utils.translation import gettext as _\n_({given})", "x.py"))


def test_member_pages_are_read_in_output_and_in_statements():
    source = """{{ _("A") }}{% set x = _("B %(n)s", n=1) %}{% if y %}{% call f(_('C')) %}{{ ngettext("%(num)d D",
"%(num)d Ds", 3) }}{% endcall %}{% endif %}{{ pgettext("noun", "E") }}{% trans %}F{% endtrans %}{{ _(name) }}
{# _("not said") #}"""

    assert set(found(from_jinja(source, "x.html"))) == {
        ("A", None, None),
        ("B %(n)s", None, None),
        ("C", None, None),
        ("%(num)d D", "%(num)d Ds", None),
        ("E", None, "noun"),
        ("F", None, None),
    }


def test_pages_in_djangos_own_language_are_read_too():
    source = """{% load i18n %}
    <div>{% translate "A" %}</div>
  <p>{{ x|default:_("B") }}</p>{% translate "C" context "noun" %}
{% blocktranslate count n=list|length %}{{ n }} D{% plural %}{{ n }} Ds{% endblocktranslate %}"""

    assert set(found(from_django(source, "x.html"))) == {
        ("A", None, None),
        ("B", None, None),
        ("C", None, "noun"),
        ("%(n)s D", "%(n)s Ds", None),
    }
