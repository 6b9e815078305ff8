"""Drawings for tests: hostile ones with the code of the problem they are, and exports of drawing programs."""

NS = 'xmlns="http://www.w3.org/2000/svg"'
LINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
ACT = "document.documentElement.setAttribute('data-ran','1')"
OUT = "http://127.0.0.1:9/x"


def svg(inside: str, more: str = "", before: str = "") -> str:
    """Return a drawing with this inside."""
    return f"{before}<svg {NS} {LINK} {more}>{inside}</svg>"


HOSTILE = {
    # scripts
    "script": (svg(f"<script>{ACT}</script>"), "svg-active"),
    "script with a prefix": (f'<s:svg xmlns:s="{NS[7:-1]}"><s:script>{ACT}</s:script></s:svg>', "svg-active"),
    "script with a strange prefix": (svg(f'<ž.-:script xmlns:ž.-="{NS[7:-1]}">{ACT}</ž.-:script>'), "svg-active"),
    "script in CDATA": (svg(f"<script><![CDATA[{ACT}]]></script>"), "svg-active"),
    "script from outside": (svg(f'<script xlink:href="{OUT}"/>'), "svg-active"),
    "script of HTML": (svg(f'<script xmlns="http://www.w3.org/1999/xhtml">{ACT}</script>'), "svg-html"),
    "handler": (svg(f'<handler type="text/javascript">{ACT}</handler>'), "svg-active"),
    "script in a title": (svg(f"<title><script>{ACT}</script></title>"), "svg-active"),
    "script in a style": (svg(f"<style><script>{ACT}</script></style>"), "svg-active"),
    # events
    "event": (svg("", f'onload="{ACT}"'), "svg-active"),
    "event after a line break": (svg("", f'\nonload\n=\n"{ACT}"'), "svg-active"),
    "event in entities": (svg("", f'onload="{"".join(f"&#{ord(c)};" for c in ACT)}"'), "svg-active"),
    "event of an animation": (svg(f'<animate attributeName="x" dur="1s" onbegin="{ACT}"/>'), "svg-active"),
    "event that nobody knows": (svg('<g onfuture="x()"/>'), "svg-active"),
    "event that is set": (svg(f'<set attributeName="onmouseover" to="{ACT}"/>'), "svg-active"),
    "event by DOCTYPE": (
        svg("", before=f'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "{ACT}">]>'),
        "svg-doctype",
    ),
    # links
    "link to a script": (svg('<a xlink:href="javascript:alert(1)"><text y="9">a</text></a>'), "svg-active"),
    "link to a script in entities": (svg('<a href="&#106;ava&#115;cript:alert(1)"/>'), "svg-active"),
    "link to a script behind a blank": (svg('<a href=" java&#10;script:alert(1)"/>'), "svg-active"),
    "link set to a script": (svg('<a><animate attributeName="href" values="javascript:x"/></a>'), "svg-active"),
    "link set by its old name": (svg('<a><set attributeName="xlink:href" to="javascript:x"/></a>'), "svg-active"),
    "link outside": (svg(f'<a href="{OUT}"/>'), "svg-address"),
    "base": (svg('<a href="#a"/>', f'xml:base="{OUT}"'), "svg-address"),
    "link to data": (svg('<a href="data:text/html,x"/>'), "svg-address"),
    # things loaded
    "picture": (svg(f'<image width="9" height="9" href="{OUT}"/>'), "svg-address"),
    "picture on the same host": (svg('<image width="9" height="9" href="a.png"/>'), "svg-address"),
    "picture of a filter": (svg(f'<filter id="a"><feImage href="{OUT}"/></filter>'), "svg-address"),
    "picture inside": (svg('<image href="data:image/png;base64,iVBORw0KGgo="/>'), "svg-picture"),
    "drawing inside": (svg('<image href="data:image/svg+xml,&lt;svg/&gt;"/>'), "svg-picture"),
    "use of another drawing": (svg(f'<use href="{OUT}#a"/>'), "svg-address"),
    "gradient of another drawing": (svg(f'<linearGradient xlink:href="{OUT}#a"/>'), "svg-address"),
    "text on a foreign path": (svg(f'<text><textPath href="{OUT}#a">a</textPath></text>'), "svg-address"),
    "foreign object": (svg(f'<foreignObject><iframe src="{OUT}"/></foreignObject>'), "svg-html"),
    "html without foreign object": (svg('<b xmlns="http://www.w3.org/1999/xhtml">a</b>'), "svg-html"),
    "video": (svg(f'<video href="{OUT}"/>'), "svg-unknown"),
    "cursor": (svg(f'<cursor href="{OUT}"/>'), "svg-unknown"),
    "mathematics": (svg(f'<m:math xmlns:m="http://www.w3.org/1998/Math/MathML" href="{OUT}"/>'), "svg-unknown"),
    # styles
    "import": (svg(f'<style>@import "{OUT}";</style>'), "svg-address"),
    "import behind a comment": (svg(f"<style>/* a */@ImPoRt/**/ url({OUT}) ;</style>"), "svg-address"),
    "import in escapes": (svg(f'<style>@\\69mport "{OUT}";</style>'), "svg-unknown"),
    "import behind an element": (svg(f'<style><g/>@import "{OUT}";</style>'), "svg-unknown"),
    "font": (svg(f"<style>@font-face{{font-family:a;src:url({OUT})}}</style>"), "svg-unknown"),
    "address in a rule": (svg(f'<style>rect{{fill:url({OUT}#a)}}</style><rect width="9"/>'), "svg-address"),
    "address in quotes": (svg(f"<style>rect{{fill:url( '{OUT}#a' )}}</style>"), "svg-address"),
    "address in capitals": (svg(f"<style>rect{{cursor:URL({OUT}),auto}}</style>"), "svg-address"),
    "address in escapes": (svg(f'<rect fill="u\\72l({OUT})"/>'), "svg-unknown"),
    "address between comments": (svg(f"<rect style=\"fill:/*'*/url({OUT})/*'*/\"/>"), "svg-address"),
    "address in a style attribute": (svg(f'<rect style="background-image:url({OUT})"/>'), "svg-address"),
    "address in an attribute": (svg(f'<rect filter="url({OUT}#a)"/>'), "svg-address"),
    "address in a variable": (svg(f"<style>g{{--a:url({OUT});fill:var(--a)}}</style>"), "svg-address"),
    "set of pictures": (svg(f'<style>g{{background:image-set("{OUT}" 1x)}}</style>'), "svg-unknown"),
    "source": (svg(f'<style>g{{background:src("{OUT}")}}</style>'), "svg-unknown"),
    "address animated": (svg(f'<set attributeName="fill" to="url({OUT}#a)"/>'), "svg-address"),
    "address in one of many values": (svg(f'<animate attributeName="fill" values="red;url({OUT})"/>'), "svg-address"),
    "style set": (svg(f'<set attributeName="style" to="fill:url({OUT})"/>'), "svg-unknown"),
    "style of another language": (svg('<style type="text/xsl">a</style>'), "svg-unknown"),
    "rule in a group": (svg(f"<style>@media all{{g{{mask:url({OUT})}}}}</style>"), "svg-address"),
    # entities and encodings
    "entity": ('<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "svg-doctype"),
    "entities that grow": (
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + svg("<text>&b;</text>"),
        "svg-doctype",
    ),
    "entity of another file": (f'<!DOCTYPE svg [<!ENTITY a SYSTEM "{OUT}">]>' + svg("&a;"), "svg-doctype"),
    "entity without a DOCTYPE": (svg("<text>&nbsp;</text>"), "svg-doctype"),
    "entity of the DTD": (f'<!DOCTYPE svg SYSTEM "{OUT}">' + svg("<text>&evil;</text>"), "svg-doctype"),
    "strange encoding": ('<?xml version="1.0" encoding="utf-7"?>' + svg(""), "svg-broken"),
    "Japanese encoding": ('<?xml version="1.0" encoding="iso-2022-jp"?>' + svg(""), "svg-broken"),
    "malformed": (svg("<g>"), "svg-broken"),
    "cut off": (svg("<g/>")[:-3], "svg-broken"),
    "empty": ("", "svg-broken"),
    "a web page": (f"<html><script>{ACT}</script></html>", "svg-broken"),
    "too deep": (svg("<g>" * 5000 + "</g>" * 5000), "svg-broken"),
}

INKSCAPE = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="20mm" height="20mm" viewBox="0 0 20 20" version="1.1" id="svg1" sodipodi:docname="/home/ana/town.svg"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" {NS}
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"
   xmlns:dc="http://purl.org/dc/elements/1.1/">
  <sodipodi:namedview id="v" pagecolor="#fff" inkscape:zoom="1"><inkscape:grid type="xygrid"/></sodipodi:namedview>
  <metadata><rdf:RDF><cc:Work rdf:about=""><dc:creator>Ana Secret</dc:creator></cc:Work></rdf:RDF></metadata>
  <defs id="defs1"><inkscape:path-effect effect="spiro"/></defs>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1">
    <rect style="fill:#0a0;fill-opacity:.5;-inkscape-stroke:none;stroke-width:0.26" id="r" width="10" height="10"/>
  </g>
</svg>
"""
DRAW_IO = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg host="app.diagrams.net" {NS} {LINK} version="1.1" width="121px" viewBox="-0.5 -0.5 121 61"
 content="&lt;mxfile host=&quot;app.diagrams.net&quot;&gt;secret&lt;/mxfile&gt;"
 style="background: #ffffff; background-color: light-dark(#ffffff, #121212); color-scheme: light dark;">
<defs/><g><g data-cell-id="0"><rect x="0" y="0" width="120" height="60" fill="#ffffff" stroke="#000000"
 pointer-events="all" style="fill: light-dark(#ffffff, var(--ge-dark-color, #121212)); stroke: rgb(0, 0, 0);"/>
<text x="60" y="34" fill="#000000" font-family="&quot;Helvetica&quot;" font-size="12px">Town</text></g></g></svg>
"""
ILLUSTRATOR = f"""<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.0.0, SVG Export Plug-In -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" xmlns:x="http://ns.adobe.com/Extensibility/1.0/" {NS} {LINK}
 xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/" x="0px" y="0px" viewBox="0 0 10 10"
 style="enable-background:new 0 0 10 10;" xml:space="preserve">
<style type="text/css"><![CDATA[
	.st0{{fill:#FFFFFF;stroke:#000;stroke-miterlimit:10;}} .st1{{fill:url(#G_1_);}}
]]></style>
<switch><foreignObject requiredExtensions="http://ns.adobe.com/AdobeIllustrator/10.0/" width="1" height="1">
<i:aipgfRef xlink:href="#secret"/></foreignObject><g i:extraneous="self"><rect class="st0" width="9" height="9"/></g>
</switch></svg>
"""
FIGMA = f"""<svg width="24" height="24" viewBox="0 0 24 24" fill="none" {NS}>
<g clip-path="url(#clip0_1_2)"><path fill-rule="evenodd" d="M0 0h24v24H0z" fill="url(#paint0)"
 style="mix-blend-mode:multiply"/>
</g><foreignObject x="0" y="0" width="0" height="0" requiredExtensions="http://ns.adobe.com/x"/><defs>
<linearGradient id="paint0" x1="0" y1="0" x2="1" y2="1" gradientUnits="userSpaceOnUse"><stop stop-color="#fff"/>
<stop offset="1" style="stop-color:color(display-p3 1 1 1);stop-opacity:1"/></linearGradient>
<clipPath id="clip0_1_2"><rect width="24" height="24" fill="white"/></clipPath></defs></svg>
"""
EXPORTS = {"Inkscape": INKSCAPE, "draw.io": DRAW_IO, "Illustrator": ILLUSTRATOR, "Figma": FIGMA}
