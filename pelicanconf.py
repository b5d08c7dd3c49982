"""The site's settings. Pelican's own are at docs.getpelican.com/en/latest/settings.html."""

# What the digest is called, and a line below its name.
SITENAME = "Broadsheet"
SITESUBTITLE = "The day's research papers, sorted by topic"

# Where the site will be read, without a trailing slash: "https://example.org" or, for a project
# page on a code host, "https://name.example.io/digest". Feeds, sitemaps and canonical links need
# it; left empty, the site works at the root of any host. For publishing it may also come from
# outside: `pelican -e SITEURL='"https://example.org"'`, `broadsheet build --siteurl ...`.
SITEURL = ""

# True makes every link relative, so that the site works in any folder, even from a disk.
RELATIVE_URLS = False

TIMEZONE = "UTC"  # the digest's days begin at midnight here
DEFAULT_LANG = "en"  # the interface: ar, de, en, es, fr, ja or zh (docs/settings.md)
BROADSHEET_CONTENT_LANG = "en"  # what papers, topics and tags are written in

# The repository that the digest is kept in, and where a file of content/ is edited on its web
# pages; empty where there is none.
BROADSHEET_REPOSITORY = ""
BROADSHEET_EDIT_URL = ""  # "https://code.example/name/digest/edit/main/content/{path}"
BROADSHEET_SUGGEST_URL = ""  # "https://code.example/name/digest/issues/new?template=suggest.yml"

# Links of your own, in the menu and the footer; those shown with each paper, None for the usual.
MENUITEMS = []  # [("Forum", "https://forum.example"), ("About", "/about/")]
LINKS = []
SOCIAL = []
BROADSHEET_PAPER_LINKS = None  # [("alphaXiv", "https://www.alphaxiv.org/abs/{arxiv}"), ...]
BROADSHEET_CSP = {}  # what pages may load from elsewhere: {"script-src": ["https://giscus.app"]}

# Where `broadsheet fetch` finds each day's papers (docs/listings.md), and how many of the days
# before today it asks for again, since listings fill up after they were first seen.
BROADSHEET_SOURCES = [
    {"source": "huggingface"},
    # {"source": "arxiv", "categories": ["cs.LG", "cs.CL"], "words": ["diffusion", "state space"]},
    # {"source": "feed", "url": "https://journal.example/feed.xml", "name": "journal"},
]
BROADSHEET_FETCH_AGAIN = 3
BROADSHEET_ENRICH = True  # ask arXiv for the authors' own text of listed papers

# What stands for a paper in lists: the sentence of its abstract in which its authors say what they
# do, or "summary", the listing's own (Hugging Face's are written by a model), named as such;
# or "machine", a model's sentence (docs/summaries.md).
BROADSHEET_LEADS = "abstract"
BROADSHEET_SEARCH = True  # False leaves out the search page and its index
BROADSHEET_OFFLINE = True  # readers' browsers keep pages for when there is no network
# Pictures that show where an address is shared, drawn with broadsheet[cards] (docs/cards.md): one
# for the "site", for "days" too, or for "papers" too (14 kB each). None shows the theme's.
BROADSHEET_CARDS = None
BROADSHEET_FEED_ITEMS = 100  # papers in a feed
# The formats in which topics and tags have feeds ("rss", "atom", "json") and exports ("json",
# "bib", "ris", "md"): a day changes some hundred of them. Add what is asked for; what was published
# once is followed, so take none away. All papers, days and weeks come in every format.
BROADSHEET_FEED_FORMATS = ["atom"]
BROADSHEET_EXPORT_FORMATS = []
BROADSHEET_HUB = ""  # a WebSub hub's address, where followers' readers are told of new papers
# What makes the names of this digest's papers its own in feed readers, such as your domain and the
# year you had it: "example.org,2026". Never change it once people follow.
BROADSHEET_IDENTITY = ""

# Mail (docs/mail.md): who it comes from, and how readers leave; the form on the Subscribe page.
BROADSHEET_MAIL_FROM = ""
BROADSHEET_MAIL_UNSUBSCRIBE = ""
BROADSHEET_MAIL_UNSUBSCRIBE_TO = ""
BROADSHEET_MAIL_LIST_ID = ""
BROADSHEET_SUBSCRIBE = None  # {"service": "listmonk", "url": "https://lists.example.org", ...}

# What `broadsheet summarize` asks a model for (docs/summaries.md): a "sentence", "points" or a
# "translation" of each paper; {"endpoint": "http://localhost:11434/v1", "model": "llama3.1:8b"}
BROADSHEET_SUMMARIES = {}

# Where `broadsheet post` posts the day (docs/posts.md). Keys come from the environment.
BROADSHEET_POSTS = []  # [{"to": "slack"}, {"to": "mastodon", "server": "https://social.example"}]

BROADSHEET_JOBS = None  # processes that render; None: one a core, and four at most
BROADSHEET_CACHE = ".broadsheet"  # what makes the next build quick; may be deleted at any time

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["broadsheet"]

# Static pages: About, Contributing and whatever else stands in content/pages.
PAGE_PATHS = ["pages"]
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
STATIC_PATHS = ["images"]

# What Pelican would write beside Broadsheet's plan is off.
ARTICLE_PATHS = []
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = None
FEED_ALL_RSS = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
