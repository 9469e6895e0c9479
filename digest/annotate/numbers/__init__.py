"""How a number is read: numerals, units, ranges, what stands around them.

`lexicon` builds tables from the rules, `numerals` reads digits and number
words, `units` what is measured, `ranges` joins two, `context` bounds and
directions, `traps` what only looks like a figure.
"""
