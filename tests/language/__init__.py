"""Labelled sentences, and how the guard's model is trained on them.

`lessons/` is what the model learns from. `labelled/` is the set it is measured on: other writers,
split by a hash of the sentence into a tune half, by which thresholds were chosen, and a test half,
which nobody looked at while tuning.
"""
