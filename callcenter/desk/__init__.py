"""The operator's screen: the member, the script and the call, composed of all the other rooms."""
