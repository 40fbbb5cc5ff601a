"""Earning: from what happened to who gets how many points.

The rows of the community are the truth, an Activity only says where to look. For each thing an Activity touches we ask:
does it stand? Then what its rules give is there, or is awarded now. Is it gone? Then what was awarded is reversed.
So deliveries may come twice, late, in any order or in batches, and end in the same points.
"""
