"""A run of the generator: what Pelican reads, the plan, the build, and the folders it writes to.

May import everything but the command line. `build.build` builds a site from `request.SiteSources`;
`plugin` is where Pelican enters.
"""
