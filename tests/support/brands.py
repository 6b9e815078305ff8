"""Colours that owners may give: yellow, grey, black and red among them."""

BRANDS = (
    "#0066cc", "#3b1d5a", "#ffd000", "#808080", "#000000", "#ffffff",
    "#ff0000", "#00ff00", "#113f36", "#ff69b4", "#8b4513", "#ff8800",
)  # fmt: skip
