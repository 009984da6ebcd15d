"""Units of endless texts: letters, marks and short forms that could trigger repeated searches."""

from __future__ import annotations

__all__ = ["OF_NAMES", "UNITS"]


def parted(units: str) -> list[str]:
    return units.split("¦")


UNITS = parted(
    "word ¦a¦A¦ß¦İ¦\u0301¦e\u0301¦東¦東。¦ก¦١¦١٫¦😀¦\U0001f469\u200d¦🇩🇪¦👍🏽¦\xad¦\"¦'¦’¦(¦)¦()¦[1]¦-¦a-¦1¦1,¦"
    "1.¦1. ¦1) ¦• ¦* ¦*¦_¦a_¦#a¦@¦a@¦a@b.¦http://a.b/¦http://a....¦www.a,¦aa.bb.cc.¦a.txt.¦.¦. ¦...a¦.. ¦"
    ". . . . A ¦U.S.¦a.¦A.¦a-A.AAAAAAAA¦AAAAAAAA.¦Mr. ¦J. ¦J. \"B\" T ¦No. ¦The. The ¦n't¦d n't ¦a's¦s' ¦"
    '\'90s ¦14-y-¦7-E¦N°¦US$¦w/¦:) ¦:-)¦:) (¦?! ¦." ¦.) ¦.( ¦. " ¦. ( ( ( ¦(R-T ¦.[1] ¦\n¦a\n¦a\n\n¦\r\n¦'
    " ¦\xa0¦\u2029¦a\u2029¦\n- A¦\x00¦\u202e¦life¦some¦ties¦iy"
)

OF_NAMES = parted(
    "yi¦'s¦[¦“¦...¦?!¦\n\n¦de ¦van der ¦Mr ¦Mr Smith ¦(IMF) ¦Kim ¦Kim, ¦Bank of ¦the North ¦Jr ¦ovich ¦Aa¦Aa "
)
