"""The four YAML files: read, judged whole, and handed on as the frozen values of `settings`.

`folder.read_config` reads all four, `summary` says what was understood, `defaults` writes the files that come with
the program. `yamlfile` is the machinery under the four readers (`feeds_file`, `panel_file`, `topics_file`,
`places_file`); `values` and `wording` serve it.
"""
