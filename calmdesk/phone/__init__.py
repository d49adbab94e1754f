"""The softphone: its events in, never a command out but a number to be rung. Standard library only.

    hook        `calmdesk-phone ring 030123`: started by a softphone, over in a blink
    spool       what the hook said, in a small file of its own, until calmdesk has acted on it
    spool_watch the spool on a thread, asked all the time
    netstring baresip_frames baresip baresip_link
                the one softphone that is listened to directly
    events      what any of them says, in one form
    set_up      the lines that make a softphone speak
    dial        a number handed to the system's handler of `tel:` and `sip:` addresses
    phone_call  one call: where it stands, and for how long it stood where
    which_call  which of the calls an event is of
    turns       which event makes what of a call
    machine     all the phone's calls, told every event

The hook imports nothing here but the spool: the softphone waits for it.
"""
