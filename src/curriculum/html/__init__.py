"""Pages for a browser or the printer, rendered from templates, and graphs as SVG."""
