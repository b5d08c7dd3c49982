"""Posts: a day in a few lines on Slack, Discord, Telegram, Mastodon and Bluesky, exactly once each.

Owns what a post says and how each service is asked. May import mail, whose issues and delivery log
it shares, fetch for the wire, and what is below them; never the site or the command. docs/posts.md
is for users.

    model     a day as a post, a target, and a service's verdict
    text      a post as lines of runs, within a size
    markup    lines as each service writes them
    services  requests and verdicts of each service
    bluesky   facets, record keys and records of the AT protocol
    settings  targets from the settings, their secrets from the environment
    sending   a run: what is due, retries, delivery log
"""
