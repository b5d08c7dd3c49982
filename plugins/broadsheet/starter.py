"""What a digest's settings file imports: `from broadsheet.starter import theme`.

`broadsheet init` writes that line into pelicanconf.py, so this module's name is part of the
settings' format and stays.
"""

from .io.bundled import theme

__all__ = ["theme"]
