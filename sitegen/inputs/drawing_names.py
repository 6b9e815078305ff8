"""What a published drawing may consist of: elements, attributes and CSS functions of SVG 1.1 and 2.

Source: https://www.w3.org/TR/SVG2/eltindex.html and attindex.html, without everything that acts (scripts, events,
foreign content) and everything that loads (pictures, fonts, other documents). Lists only, no logic.
"""

SVG = "http://www.w3.org/2000/svg"
HTML = "http://www.w3.org/1999/xhtml"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

ANIMATIONS = frozenset("animate animateMotion animateTransform set".split())

ELEMENTS = ANIMATIONS | frozenset(
    """
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence filter g line linearGradient marker mask mpath path pattern polygon polyline radialGradient rect stop
    style svg switch symbol text textPath title tspan use view
    """.split()
)

LINKING = ANIMATIONS | frozenset("a filter linearGradient mpath pattern radialGradient textPath use".split())

# Attributes that are also CSS properties: their values are read as CSS, escapes and url(…) included.
PRESENTATION = frozenset(
    """
    alignment-baseline background background-color baseline-shift clip clip-path clip-rule color color-interpolation
    color-interpolation-filters color-rendering color-scheme cursor direction display dominant-baseline fill
    fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-kerning
    font-size font-size-adjust font-stretch font-style font-variant font-variant-ligatures font-weight
    glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning letter-spacing
    lighting-color line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow
    paint-order pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
    text-rendering transform transform-origin unicode-bidi vector-effect visibility white-space word-spacing
    writing-mode
    """.split()
)

# Properties that are attributes too: only these may leave a `style` attribute without changing the drawing.
_CSS_ONLY = (
    "background background-color color-scheme font font-feature-settings font-kerning font-variant-ligatures "
    "isolation line-height marker mix-blend-mode transform transform-origin white-space"
)
MOVABLE = PRESENTATION - frozenset(_CSS_ONLY.split())

_GEOMETRY = frozenset(
    """
    amplitude azimuth baseFrequency bias clipPathUnits cx cy d diffuseConstant divisor dx dy edgeMode elevation
    exponent filterRes filterUnits fr fx fy gradientTransform gradientUnits height in in2 intercept k1 k2 k3 k4
    kernelMatrix kernelUnitLength lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits
    maskUnits method mode numOctaves offset operator order orient pathLength patternContentUnits patternTransform
    patternUnits points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX
    refY result rotate rx ry scale seed side slope spacing specularConstant specularExponent spreadMethod startOffset
    stdDeviation stitchTiles surfaceScale tableValues targetX targetY textLength transform viewBox width x x1 x2
    xChannelSelector y y1 y2 yChannelSelector z
    """.split()
)

ANIMATED = PRESENTATION | _GEOMETRY | {"class"}  # what an animation may change: never `href`, never an event

TIMED = frozenset("by from to values".split())  # the values of an animation, read as CSS

PLAIN = _GEOMETRY | frozenset(
    """
    accumulate additive attributeName attributeType baseProfile begin calcMode class dur end fill id keyPoints
    keySplines keyTimes lang max media min origin path repeatCount repeatDur requiredExtensions requiredFeatures restart
    role systemLanguage tabindex type version zoomAndPan
    """.split()
)

# Harmless, of no use in a picture, and written by programs: dropped without a word.
IDLE = frozenset("content contentScriptType contentStyleType enable-background host name rel target xmlns".split())

FUNCTIONS = frozenset(
    """
    blur brightness calc circle clamp color color-mix contrast cubic-bezier drop-shadow ellipse grayscale hsl hsla
    hue-rotate hwb inset invert lab lch light-dark linear matrix matrix3d max min oklab oklch opacity path polygon rgb
    rgba rotate rotatex rotatey rotatez saturate scale scalex scaley sepia skew skewx skewy steps translate
    translate3d translatex translatey var
    """.split()
)

# Namespaces that drawing programs write for themselves: their elements and attributes are dropped.
EDITORS = (
    "http://www.inkscape.org/",
    "http://inkscape.sourceforge.net/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
    "http://www.openswatchbook.org/",
    "http://ns.adobe.com/",
    "adobe:ns:meta/",
    "http://www.bohemiancoding.com/",
    "http://www.figma.com/",
    "https://www.figma.com/",
    "http://www.serif.com/",
    "http://svgjs.com/",
    "http://svgjs.dev/",
    "https://boxy-svg.com",
    "http://www.vectornator.io",
    "http://vectornator.io",
    "http://krita.org/",
    "http://www.corel.com/",
    "http://xml.openoffice.org/",
    "http://sun.com/",
    "http://schemas.microsoft.com/",
    "http://www.jgraph.com",
    "http://www.drawio.com",
    "https://www.drawio.com",
    "https://app.diagrams.net",
)
ADOBE = "http://ns.adobe.com/"
