"""The drawings of the guides for editors, as SVG: the pages of a code host, and the way of a proposal.

They are drawings and say so, because every code host looks a little different. What is on the buttons is in English,
as it is on most code hosts; what explains them is in the language of the guide.
"""

from collections.abc import Callable
from html import escape

INK, SOFT, LINE, PAPER, TINT = "#15211d", "#42504a", "#b4c4ba", "#fcfdfb", "#eff4ef"
GREEN, SUN, RED, ADDED, REMOVED = "#0b5745", "#ffd152", "#a3262a", "#dcf2e3", "#fbe3e1"
FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
CODE = "ui-monospace, Consolas, 'DejaVu Sans Mono', monospace"

# What each drawing says, by language.
WORDS: dict[str, dict[str, str]] = {
    "sl": {
        "drawing": "Risba",
        "path": "sl",
        "file": "1  Odprite datoteko strani",
        "pencil": "2  Kliknite svinčnik",
        "text": "3  Popravite besedilo",
        "old": "V petek bo knižnica zaprta.",
        "new": "V petek bo knjižnica zaprta.",
        "commit": "4  Kliknite zeleni gumb",
        "message": "Popravi tipkarsko napako",
        "say": "5  Napišite, kaj ste spremenili",
        "reason": "V besedi je manjkala črka.",
        "send": "6  Pošljite predlog",
        "main": "glavna veja: objavljeno spletišče",
        "branch": "vaša veja",
        "commits": "uveljavitvi: shranjeni spremembi",
        "review": "predlog: pregled",
        "merged": "predlog je sprejet",
        "site": "spletišče",
        "token": "1  Ime in rok veljavnosti",
        "where": "2  Samo ta repozitorij",
        "rights": "3  Samo ti pravici",
        "copy": "4  Ustvarite žeton in ga kopirajte",
    },
    "en": {
        "drawing": "Drawing",
        "path": "en",
        "file": "1  Open the file of the page",
        "pencil": "2  Click the pencil",
        "text": "3  Correct the text",
        "old": "The libary is closed on Friday.",
        "new": "The library is closed on Friday.",
        "commit": "4  Click the green button",
        "message": "Correct a misspelt word",
        "say": "5  Say what you changed",
        "reason": "A letter was missing.",
        "send": "6  Send the proposal",
        "main": "main branch: the published site",
        "branch": "your branch",
        "commits": "commits: saved changes",
        "review": "proposal: review",
        "merged": "the proposal is accepted",
        "site": "site",
        "token": "1  A name and an end date",
        "where": "2  This repository only",
        "rights": "3  These two rights only",
        "copy": "4  Generate the token and copy it",
    },
    "es": {
        "drawing": "Dibujo",
        "path": "es",
        "file": "1  Abra el archivo de la página",
        "pencil": "2  Haga clic en el lápiz",
        "text": "3  Corrija el texto",
        "old": "La bibioteca cierra el viernes.",
        "new": "La biblioteca cierra el viernes.",
        "commit": "4  Haga clic en el botón verde",
        "message": "Corregir una errata",
        "say": "5  Diga qué ha cambiado",
        "reason": "Faltaba una letra.",
        "send": "6  Envíe la propuesta",
        "main": "rama principal: el sitio publicado",
        "branch": "su rama",
        "commits": "commits: cambios guardados",
        "review": "propuesta: revisión",
        "merged": "la propuesta se acepta",
        "site": "sitio",
        "token": "1  Nombre y fecha de caducidad",
        "where": "2  Solo este repositorio",
        "rights": "3  Solo estos dos permisos",
        "copy": "4  Genere el token y cópielo",
    },
}


def text(x: int, y: int, words: str, size: int = 18, colour: str = INK, more: str = "") -> str:
    """Return a line of text that begins at `x`, on the baseline `y`, in pixels."""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{more}>{escape(words)}</text>'


def code(x: int, y: int, words: str, colour: str = INK) -> str:
    """Return a line of a file."""
    return text(x, y, words, 17, colour, f' font-family="{CODE}" xml:space="preserve"')


def box(x: int, y: int, width: int, height: int, fill: str, edge: str = LINE, round_: int = 6) -> str:
    """Return a rectangle."""
    size = f'width="{width}" height="{height}" rx="{round_}"'
    return f'<rect x="{x}" y="{y}" {size} fill="{fill}" stroke="{edge}" stroke-width="1.5"/>'


def button(x: int, y: int, width: int, words: str) -> str:
    """Return the green button of a code host."""
    middle = ' text-anchor="middle" font-weight="600"'
    return box(x, y, width, 40, GREEN, GREEN) + text(x + width // 2, y + 26, words, 17, PAPER, middle)


def note(x: int, y: int, words: str) -> str:
    """Return a step, on a yellow ground, its left end at `x`."""
    width = 34 + round(len(words) * 9.4)
    return box(x, y, width, 34, SUN, SUN, 17) + text(x + 16, y + 23, words, 17, INK, ' font-weight="600"')


def pencil(x: int, y: int) -> str:
    """Return the button with the pencil, 40 pixels wide."""
    shape = f'<path transform="translate({x + 9} {y + 9})" fill="{INK}" d="M0 22l2-7L15 2q2-2 4 0l1 1q2 2 0 4L7 20z"/>'
    return box(x, y, 40, 40, PAPER, INK) + shape


def window(height: int, title: str, drawing: str, inside: str) -> str:
    """Return a drawing of a page of a code host, 960 pixels wide: its bar, its name, and that it is a drawing."""
    bar = box(1, 1, 958, height - 2, PAPER, INK, 12) + f'<path d="M1 46H959" stroke="{LINE}" stroke-width="1.5"/>'
    dots = "".join(f'<circle cx="{x}" cy="24" r="7" fill="{LINE}"/>' for x in (26, 50, 74))
    address = box(100, 9, 700, 30, TINT) + text(114, 30, title, 16, SOFT)
    label = text(936, 30, drawing, 16, SOFT, ' text-anchor="end" font-style="italic"')
    return svg(height, bar + dots + address + label + inside)


def svg(height: int, inside: str) -> str:
    """Return a whole drawing, 960 pixels wide."""
    size = f'width="960" height="{height}" viewBox="0 0 960 {height}"'
    ground = f'<rect width="960" height="{height}" fill="#fff"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}">{ground}{inside}</svg>\n'


def host_file(words: dict[str, str]) -> str:
    """Draw a file on a code host, with the pencil."""
    title = f"code.example / learning-cities / content / {words['path']} / news / library.md"
    lines = ["---", "title: …", "---", "", words["old"]]
    body = box(60, 150, 840, 190, PAPER) + f'<path d="M60 200H900" stroke="{LINE}" stroke-width="1.5"/>'
    body += text(80, 182, "library.md", 17, INK, ' font-weight="600"') + pencil(840, 155)
    for number, line in enumerate(lines, 1):
        body += code(80, 204 + 25 * number, str(number), SOFT) + code(120, 204 + 25 * number, line)
    body += note(60, 76, words["file"]) + note(640, 76, words["pencil"])
    body += f'<path d="M170 112V160M860 112V148" stroke="{INK}" stroke-width="2" stroke-dasharray="5 4"/>'
    return window(366, title, words["drawing"], body)


def host_edit(words: dict[str, str]) -> str:
    """Draw the editor of a code host: the text that is corrected, and the green button."""
    title = f"code.example / learning-cities / edit / content / {words['path']} / news / library.md"
    body = box(60, 140, 840, 190, PAPER) + box(61, 278, 838, 34, ADDED, ADDED, 0)
    for number, line in enumerate(["---", "title: …", "---", "", words["new"] + "|"], 1):
        y = 152 + 25 * number + (9 if number == 5 else 0)
        body += code(80, y + 15, str(number), SOFT) + code(120, y + 15, line)
    body += button(690, 76, 210, "Commit changes…") + note(60, 350, words["text"])
    body += note(660 - 34 - round(len(words["commit"]) * 9.4), 79, words["commit"])
    return window(404, title, words["drawing"], body)


def host_proposal(words: dict[str, str]) -> str:
    """Draw the form of a proposal: what it is called, why, what it changes, and the button that sends it."""
    body = text(60, 148, "Title", 16, SOFT) + box(60, 158, 500, 42, PAPER) + text(76, 185, words["message"], 17)
    body += text(60, 230, "Description", 16, SOFT) + box(60, 240, 500, 74, PAPER) + text(76, 268, words["reason"], 17)
    body += box(590, 158, 310, 40, REMOVED, REMOVED) + box(590, 200, 310, 40, ADDED, ADDED)
    body += f'<g font-size="15">{short(602, 183, "- " + words["old"], RED)}'
    body += f"{short(602, 225, '+ ' + words['new'], GREEN)}</g>"
    body += note(60, 76, words["say"]) + note(60, 345, words["send"]) + button(590, 342, 250, "Create pull request")
    return window(404, "code.example / learning-cities / compare", words["drawing"], body)


def host_token(words: dict[str, str]) -> str:
    """Draw the form for a token: its name and end, the one repository, the two rights, and the button."""
    body = ""
    for y, label, value, more in (
        (96, "Token name", "learning-cities editor", ""),
        (176, "Repository access", "Only select repositories:  learning-cities", ""),
        (256, "Permissions", "Contents:  Read and write", "Pull requests:  Read and write"),
    ):
        height = 74 if more else 42
        body += text(60, y - 8, label, 16, SOFT) + box(60, y, 480, height, PAPER) + text(76, y + 27, value, 17)
        body += text(76, y + 59, more, 17)
    body += note(580, 100, words["token"]) + note(580, 180, words["where"]) + note(580, 276, words["rights"])
    body += button(60, 352, 220, "Generate token") + note(310, 355, words["copy"])
    return window(416, "code.example / settings / new token", words["drawing"], body)


def short(x: int, y: int, words: str, colour: str) -> str:
    """Return a line of a comparison, in small type."""
    return text(x, y, words, 14, colour, f' font-family="{CODE}"')


def proposal(words: dict[str, str]) -> str:
    """Draw the main branch, a branch with two commits, and how it comes back."""
    body = f'<g fill="none" stroke-width="5" stroke="{GREEN}"><path d="M60 90H900"/>'
    body += '<path stroke-dasharray="10 6" d="M200 90C260 90 250 190 310 190H620C700 190 680 90 760 90"/></g>'
    for x in (80, 200, 760, 880):
        body += f'<circle cx="{x}" cy="90" r="12" fill="{GREEN}"/>'
    for x in (360, 480):
        body += f'<circle cx="{x}" cy="190" r="12" fill="{SUN}" stroke="{INK}" stroke-width="2"/>'
    middle = ' text-anchor="middle"'
    body += text(60, 52, words["main"], 19, INK, ' font-weight="600"') + text(310, 166, words["branch"], 18, SOFT)
    body += text(420, 234, words["commits"], 18, INK, middle) + text(716, 166, words["review"], 18, INK)
    body += text(760, 52, words["merged"], 18, INK, middle)
    body += text(936, 262, words["drawing"], 15, SOFT, ' text-anchor="end" font-style="italic"')
    return svg(280, body)


DRAWINGS: dict[str, Callable[[dict[str, str]], str]] = {
    "host-file": host_file,
    "host-edit": host_edit,
    "host-proposal": host_proposal,
    "host-token": host_token,
    "proposal": proposal,
}


def square() -> str:
    """Draw people who learn in a square: the picture that the guides add to a page, without words."""
    sky = '<rect width="1600" height="900" fill="#dfeee6"/><path fill="#eadfbf" d="M0 640H1600V900H0z"/>'
    houses, windows = "", ""
    for x, width, height, colour in (
        (0, 190, 300, "#1c5347"),
        (190, 240, 400, "#2c6b5c"),
        (430, 170, 340, "#113f36"),
        (600, 320, 270, "#3d7466"),
        (920, 200, 420, "#1c5347"),
        (1120, 230, 330, "#2c6b5c"),
        (1350, 250, 380, "#113f36"),
    ):
        top = 640 - height
        houses += f'<path fill="{colour}" d="M{x} 640V{top}l{width // 2}-90 {width // 2} 90V640z"/>'
        for column in range(x + 34, x + width - 50, 62):
            for row in range(top + 40, 560, 90):
                lit = "#ffd152" if (column + row) % 4 == 0 else "#c9d5cd"
                windows += f'<rect x="{column}" y="{row}" width="32" height="44" fill="{lit}"/>'
    rope = '<path fill="none" stroke="#15211d" stroke-width="5" d="M0 210Q400 330 800 210T1600 210"/>'
    flags = ""
    for number in range(16):
        x = 50 + number * 100
        y = 210 + (1 if x < 800 else -1) * 60 * (1 - (((x % 800) - 400) / 400) ** 2)
        colour = ("#ffd152", "#a3262a", "#0b5745", "#fcfdfb")[number % 4]
        flags += f'<path fill="{colour}" d="M{x - 28} {y:.0f}h56l-28 58z"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900" viewBox="0 0 1600 900">'
        f"{sky}{houses}{windows}{rope}{flags}{stall(120, '#a3262a')}{stall(640, '#0b5745')}{stall(1160, '#d29a00')}"
        f"{people()}</svg>\n"
    )


def stall(x: int, colour: str) -> str:
    """Return a stall, 330 pixels wide, with a striped awning, books and a box on its table."""
    stripes = "".join(
        f'<path fill="{colour if number % 2 else "#fcfdfb"}" d="M{x + number * 55} 520h55v60q-27 34-55 0z"/>'
        for number in range(6)
    )
    posts = f'<path stroke="#15211d" stroke-width="10" d="M{x + 12} 580V800M{x + 318} 580V800"/>'
    table = f'<rect x="{x}" y="710" width="330" height="100" fill="#8a5a2b"/>'
    goods = f'<path fill="#2c6b5c" d="M{x + 40} 710v-44h26v44zM{x + 70} 710v-56h22v56zM{x + 96} 710v-38h30v38z"/>'
    goods += f'<rect x="{x + 210}" y="664" width="80" height="46" fill="#ffd152"/>'
    return posts + stripes + goods + table


def people() -> str:
    """Return nine people before the stalls."""
    found = ""
    for number, (x, height) in enumerate(
        ((80, 150), (480, 170), (545, 110), (610, 160), (1000, 165), (1070, 120), (1120, 158), (1510, 168), (1450, 115))
    ):
        colour = ("#5b3a78", "#0b5745", "#a3262a", "#1c4480")[number % 4]
        skin = ("#8d5a3b", "#e0b08a", "#c68863")[number % 3]
        top = 860 - height
        found += f'<circle cx="{x}" cy="{top - 24}" r="26" fill="{skin}"/>'
        found += f'<path fill="{colour}" d="M{x - 36} 860V{top + 36}q0-34 36-34t36 34V860z"/>'
    return found
