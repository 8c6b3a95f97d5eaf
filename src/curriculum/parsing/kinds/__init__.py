"""The kinds of document that are read, a module each; see docs/add_a_kind_of_document.md."""
