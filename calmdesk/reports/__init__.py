"""The report: what was asked against what was given, and what was kept (S99). Read on paper.

The record counts (`records.reporting`); here it is put into words and laid out. Whatever it is
written as, a customer's words are only ever text.

    period                       local days, and the instants between which is counted
    saying                       the counts, said: a page of sections
    calls_section asked_section kept_section    what each says
    pictures                     what there is to look at in them
    labels counting              ids and amounts, shares and lengths of time, in words
    page                         what a page is made of: figures, tables, charts
    plain markdown as_json web   the page as text and Markdown, the counts as JSON, one HTML file
    charts grids drawing measure    charts as SVG, and how wide words are
    tables                       each chart as a table of its numbers
"""
