"""What comes in from other files and goes out to them: rows of a sheet, cell by cell.

Pure reading, guessing and writing; no database. The verbs are `records.exporting` and
`records.importing`.

    columns cells          our own sheet: its columns, harmless cells
    stored_times           instants of the tables on the agent's wall
    lines                  calls, promises, offers of one case as lines of one cell
    whole_file sheets      a file that appears whole or not at all; CSV, JSON lines, a workbook
    workbook               a workbook written row by row

    encodings csv_file workbook_file tables    another's file opened: its header, its rows as text
    headers mapping        which column holds what: guessed from the header, told, written as TOML
    dates typed_times spelt_numbers    how days, hours and amounts are spelled there
    meanings               their words for an outcome or a state, in ours
    row_reading            what every reading of rows begins with
    understanding own      rows understood: of another's log, of one of our own sheets
    taken rejects          what a row says; the rows that were not taken, with their reasons
"""
