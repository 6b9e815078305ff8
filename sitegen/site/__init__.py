"""Records to one linked site: translations, addresses, links, rules, and the plan of outputs. Pure functions."""
