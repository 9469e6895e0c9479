"""A small sound site, made without the digest: what checker and server are tried on."""

from urllib.parse import urlsplit

WORDS = "The harbour will close on Friday, and nobody asked us."
QUOTES = {("1", 10, 64): WORDS}
BASES = ["https://digest.example/", "https://owner.github.io/repo/", "http://localhost:8000/deep/er/"]


def page(url: str, path: str, body: str, head: str = "") -> bytes:
    """A page at `path`, with links relative to its depth."""
    up = "../" * path.count("/") or "./"
    address = url + path.removesuffix("index.html")
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{path}</title>
<link rel="canonical" href="{address}"><link rel="stylesheet" href="{up}static/style.css">
<link rel="alternate" type="application/atom+xml" href="{up}atom.xml">
<meta property="og:url" content="{address}">{head}</head>
<body><nav><a href="{up}">Front</a> <a href="{up}a/1/">One</a></nav><main>{body}</main></body></html>
""".encode()


def fake(url: str) -> dict[str, bytes]:
    """The files of the site that stands under `url`."""
    path = urlsplit(url).path
    said = (
        '<blockquote data-quote="1:10-64"><p>The harbour will close <span class="editorial">[sic]</span>'
        ' on <a href="#n1" id="m1">Friday</a><a class="ref" href="#n1">1</a>,\nand nobody asked us.</p></blockquote>'
        '<aside id="n1" aria-labelledby="m1"><a href="#m1">back</a> <a href="../../#top">top</a></aside>'
        '<label for="show">Show</label><input id="show" type="checkbox">'
        '<button popovertarget="n1">Note</button> <a href="https://elsewhere.example/x?y=1#z">original</a>'
        '<img src="../../static/dot.svg" srcset="../../static/dot.svg 2x" alt=""><a href="clean/">cleaned</a>'
    )
    entries = f"""<entry><title>One</title><id>tag:digest.example,2025:1</id><updated>2025-01-27T08:00:00Z</updated>
<link href="{url}a/1/#n1"/><content type="html">&lt;p&gt;&lt;a href="{url}a/1/"&gt;One&lt;/a&gt;&lt;/p&gt;</content></entry>"""
    item = f"""<item><title>One</title><link>{url}a/1/</link><guid isPermaLink="false">tag:digest.example,2025:1</guid>
<pubDate>Mon, 27 Jan 2025 08:00:00 +0000</pubDate><description>One</description></item>"""
    return {
        "index.html": page(
            url, "index.html", '<a href="a/1/#n1">a note</a> <a href="rep%C3%A9.html">répé</a>'
        ),
        "a/1/index.html": page(url, "a/1/index.html", said),
        "a/1/clean/index.html": page(
            url, "a/1/clean/index.html", '<a href="../">back</a>', '<meta name="robots" content="noindex">'
        ),
        "repé.html": page(url, "rep%C3%A9.html", "<p>An address with an accent.</p>"),
        "404.html": f'<!doctype html><html lang="en"><title>Not found</title><a href="{path}">Front</a></html>'.encode(),
        "static/style.css": b'body { background: url("dot.svg") }',
        "static/dot.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "data.json": b'{"a": 1}',
        ".nojekyll": b"",
        "robots.txt": f"User-agent: *\nDisallow:\nSitemap: {url}sitemap.xml\n".encode(),
        "sitemap.xml": (
            '<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"<url><loc>{url}</loc></url><url><loc>{url}a/1/</loc></url><url><loc>{url}rep%C3%A9.html</loc></url></urlset>"
        ).encode(),
        "atom.xml": (
            f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>D</title><id>{url}</id>'
            f'<updated>2025-01-27T08:00:00Z</updated><author><name>D</name></author><link rel="self" href="{url}atom.xml"/>'
            f"{entries}</feed>"
        ).encode(),
        "rss.xml": (
            f'<?xml version="1.0"?><rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>D</title>'
            f'<link>{url}</link><description>D</description><a:link rel="self" href="{url}rss.xml"/>{item}</channel></rss>'
        ).encode(),
        "feed.json": (
            f'{{"version": "https://jsonfeed.org/version/1.1", "title": "D", "feed_url": "{url}feed.json",'
            f'"items": [{{"id": "1", "url": "{url}a/1/", "date_published": "2025-01-27T08:00:00Z", "content_html": "<p>x"}}]}}'
        ).encode(),
        "feeds.opml": (
            f'<opml version="2.0"><head/><body><outline type="rss" xmlUrl="{url}rss.xml"/></body></opml>'.encode()
        ),
    }
