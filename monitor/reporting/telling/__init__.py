"""How the operator is told: by ping, by a file of figures, by e-mail where a person must act.

address.py    what an address to ping may be, and what each signal makes of it                          pure
ping.py       an address is asked for when a run begins and ends; nobody waits for it
decide.py     what is needed of a person today, and what was told before -> what is to be told now      pure
letter.py     that, as an e-mail                                                                        pure
figures.py    how things stand, as Prometheus reads it                                                  pure
"""
