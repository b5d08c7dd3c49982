"""Cards: the pictures that show where an address is shared, of the site, a day or a paper. Text in,
PNG out.

    card         a card's texts, made safe to draw
    lines        a text in lines that fit
    libraries    what draws: whether it is installed, which versions
    typefaces    the fonts, and which of them has what
    sheet        rows of a card, and what is put on them
    writing      a text as marks on a sheet
    png          rows of pixels as a PNG, in pieces that are compressed once
    painter      a card drawn

It may import errors alone of ours. What it draws with (`broadsheet[cards]`) is imported where a
card is drawn: `card` and `libraries` load without it.
"""
