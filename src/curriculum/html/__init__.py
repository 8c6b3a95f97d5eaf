"""Pages for a browser or the printer, rendered from templates; books of notebooks; graphs as SVG."""
