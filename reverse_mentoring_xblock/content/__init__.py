"""The shipped content: YAML for editors and translators, and its way into the domain."""
