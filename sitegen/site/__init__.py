"""Records to one linked site: translations, URLs, links, navigation, rules. Pure functions."""
