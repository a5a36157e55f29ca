"""A simulated telephone exchange that speaks the manager interface over TCP, as Asterisk 22 does.

The same client drives it in the demo, in the tests and in production. Operators' phones (PJSIP/…) pick up after a
short ring. What a member does is decided by the last digit of the number, or, when the exchange is given a seed, by
chance that the seed repeats:

    last digit      the member                          DialStatus    cause
    1               number is unallocated               NOANSWER      1
    2               is busy                             BUSY          17
    3               does not answer                     NOANSWER      19
    4               declines                            NOANSWER      21
    5               is behind a congested trunk         CONGESTION    34
    6               answers and soon hangs up           ANSWER        16
    0, 7, 8, 9      answers and stays                   ANSWER        16

An operator's phone whose name ends in `none` is not connected, one that ends in `silent` rings and is not answered.
"""
