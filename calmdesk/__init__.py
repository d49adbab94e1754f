"""calmdesk stands beside a phone agent during a hard call, and keeps every word and promise of it.

The map of the house. A call comes in at one end; a kept promise comes out at the other::

    __init__.py     this map; it imports nothing
    cli.py          the way in: the app starts here without Typer
    commands.py     the other words of the command line, by Typer
    commands_check.py  commands_customers.py  commands_due.py  commands_export.py
    commands_find.py  commands_import.py  commands_letter.py  commands_merge.py
    commands_phone.py  commands_playbook.py  commands_report.py  commands_team.py   twelve of them
    commands_record.py the store opened, and days as they are typed
    commands_chosen.py which cases: the same options everywhere; commands_progress.py how far it is
    commands_own.py the agent's own files, for all of them; what is broken is told
    app.py          CalmDesk(App): modes, themes, the desk, the quit guard, the way out
    palette.py      what can be done from anywhere, by name
    keys.py         every key and command, read from where each is declared
    theme.py        calm-dark, calm-light, and the scrub that guards the terminal
    terminal.py     signals, bytes that are no text: the one door to what is POSIX only
    clock.py  paths.py  settings.py  working_hours.py  words.py  errors.py
                                                              leaves: anyone may import them

    guide/          what good handling is: pure rules, no screen, no database, no clock
        stages listening notes commands money            what is typed, and where the call stands
        happenings call                                  what can happen, and what it adds up to
        next_step                                        the step that comes after, and when it is due
        heat                                             how far from settled, as it is marked
        phrases remedies promises outcome breath contact_card
        fitting                                          whether an outcome fits what was found
        ages day_hours                                   how late a promise is, in steps; hours shown
        filters risk needing                             which cases a list shows; why one needs somebody
        looked_for folding telephone misspelt ranking    what is looked for, however spelt; what fits best
        dialling                                         one number in all its spellings
        behaviour self_check consulting                  acts seen, oneself asked, a colleague asked
        reviewing span_bar                               a colleague's work judged; a call's time drawn
        targets working_time clocks                      by when a case is answered, as work goes
        posting                                          when a letter may leave the house
        naming                                           which colleague half a name means
        zones                                            where the customer's clock stands
        english/  playbook/en/                           the language pack: times as typed, a story
                                                         said back; every word, and the guard's model
        english/filter_offers                            what can come next in a typed filter
        english/filter_among_words                       filters among words that are looked for
        hearing spelling                                 what the notes name, misspelt as they are
        learned                                          what followed a phrase, honestly counted
        same_person typed_details outcome_signs          when two may be one; a case in one sign
        periods pareto actions nameless                  causes counted, changes proven, names gone
        beside_usual shares                              a figure in words, beside what is usual
        language/                                        the guard: wording that makes it worse, and
                                                         what to say instead; its model is data
        playbook/  example/                              the words, as TOML: read, checked, watched,
                                                         written; what `playbook init` lays out
        practice/                                        a caller from a script, and the debrief

    phone/          the softphone: what it says comes in, and it is never told to answer or hang up;
                    standard library only
        hook spool spool_watch                           what a softphone starts, and what it leaves
        netstring baresip_frames baresip baresip_link    the one that is listened to directly
        events machine turns phone_call which_call       what any of them says; where its calls stand
        set_up                                           the lines that make a softphone speak
        dial                                             a number handed to whatever opens tel: and sip:

    records/        the case record: SQLModel on SQLite
        models migrations/ ids store                     tables, and the file they live in
        derived glances touched outdated choosing rare   what is kept beside the record, so that lists
                                                         answer at once; a filter as conditions on it
        journal settle stepping_back                     a happening is appended; rows follow it
        findable full_text/ tending                      every word of a case, beside it: what lets it
        search widening                                  be found
        identity one_person customers customer_details duplicates customer_rows
                                                         who a customer is: found, merged, parted, mended
        wall_time pictures picture_rows                  local hours in SQL; what people look at
        desk                                             the store on a thread; one method, ask()
        calls people browse coaching follow_through register reviews   the verbs
        learning actions examples                        those of what the log teaches
        figures call_hours day_counts rolling            a day's figures; days that stand, rolled up
        needs saved_filters                              who needs somebody today; filters by name
        rung                                             which contacts are calls; when we reached them
        phone_calls phone_rows                           calls of the telephone that became none
        debriefs reputation                              the agent's own look back; what may go public
        reporting report_times report_rows               what a report counts
        people_rows call_rows case_rows line_rows learn_rows review_rows    what they hand out
        awaited reminding                                what they still wait for; what has come due
        reading journal_words case_whole line_reading    how a case and a promise are read
        read_lines call_reading journal_reading beside_reading    its calls, journal, reviews
        post letter_facts letter_reading letter_rows     letters, and what one can say of a case
        calendar                                         promises for a calendar
        exporting export_lines export_journal            cases and journals as rows of a sheet
        importing import_rows import_people import_glances bulk    another's log taken over
        plain_rows sound_values bundles parcels          cases on the way from one calmdesk to another
        which_stands references writing_rows taking taking_cases taking_common renewing
        parted_people                                   which of two rows stands; what came is taken
        other_file merging                               another's file, read and never written
        deltas sharing following                         a shared folder: what is said, and heard

    exchange/       files in and out: our sheets, another's log understood row by row
    letters/        what leaves the house in writing: a case's facts, a template, a file or the
                    clipboard

    screens/        one file a screen: desk, call, promises, day, learn, playbook, boxes over them
        day_keys day_range day_reading day_live         the Day: which days and cases, read and read
        day_top needs_room day_filter                   again; what stands above them, and acting on it
        calendar_jump order_menu filter_form saved_filters      its boxes
        due_screen line_keeping due_watch reminders      what is due, and what is done about it
        ways_back                                        what was done on a screen, taken back
        call_room waiting_calls desk_news                calls: begun, shown, closed, on hold behind
                                                         another; what the Desk is told
        phone_room spooled made_up_caller phone_acts     what the telephone says, what of it is on disk,
        rings ringing_back                               what follows; who rings; who is rung back
        call_back                                        whom we ring: their number to the softphone
        workplace keeping drafts absence beside          what stands under every call
        find find_room read_case tending                 a case found from anywhere, read over a call;
                                                         what is done while nobody waits
        own_words coach                                  words read again; what was pinned, counted
        help_watch                                       whether somebody saw a call for help
        call_keys call_commands call_cards note_taking entering
        caller_search issue_watch situation suggesting
        saving joining                                   what the call screen is made of
        case_work on_case next_report case_menu          a case worked on between its calls, and
        kept_form lines_form tell_promise hand_over      its boxes: what one says is kept before
        told_customer close_case reopen_case cause_form wait_for    the box goes
        case_steps reviewing review_form review_box case_out    stepped through, reviewed, taken out
        playbook_keys phrase_form phrase_shelf           what the Playbook is made of
        give_promise inbox_brief                         who keeps it now, and what one was given
        share_room as_of_strip                           the shared folder, on a thread of its own
        own_room welcome look_back own_debriefs break_time pause    who one is, and the minutes of one's own
        customers customer customer_keeping              customers, one of them, and what is done about
        customer_forms side_by_side merge_with           who is one person
        pictures                                        what people look at, over any screen
        learn_keys learn_reading period_form action_forms action_watch
                                                        what Learn is made of, and what it gives a call
        form_screen guarded_form half_typed              small forms, what the guard says in them, and
                                                         what was typed there and not kept
        post_room letters letter letter_release          letters: begun, listed, written, let go
    widgets/        one file a widget: attributes in, messages out
    reports/        what was asked, given and kept over some days; text, Markdown, JSON, paper
    demo/           a made-up busy day, lived through the same verbs, and the weeks before it
    practice.py     Practice(CalmDesk): a practice call, in a database that is thrown away

One call, from the softphone, and from a key, to the disk::

    it rings: calmdesk-phone ─> the spool ─> SpoolWatch ─┐
    baresip ─> BaresipLink ──────────────────────────────┤
    a key ───────────────────────────────────────────────┴─> Machine ─> PhoneActs ─> CallRoom, Rings

    a key, a note, a form ─> CallScreen.did(happening)
        -> Call.add(happening)                 what is shown: at once, no database
        -> Keeper.keep(calls.happen, ...)      in order, tried again until it is on disk
              -> Desk.ask(verb)                the store's own thread
                    -> journal.append + settle    one transaction: the entry, and the rows

A restart adds the journal up again with the same `Call.of`, so it opens the very call it lost.
Who may import whom is law, and `tests/test_layers.py` reads it.
"""

__version__ = "0.1.0"
