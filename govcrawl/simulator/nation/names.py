"""Names of places that do not exist, composed of rare syllables."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_FIRST = (
    "澹dan 峤qiao 沅yuan 昀yun 岚lan 珩heng 渚zhu 瑾jin 笙sheng 霞xia 翊yi 皓hao 菁jing 玹xuan 璟jing 翎ling 汀ting "
    "霁ji 樾yue 筠yun 蔚wei 绛jiang 缇ti 翀chong 祺qi 邈miao 铎duo 旻min 晟sheng 湛zhan 漪yi "
    "溯su 烨ye 珂ke 琰yan 璞pu 榕rong 槿jin 蘅heng 蓼liao 薇wei 骊li 鹭lu 麓lu 黛dai 沁qin 泠ling 洛luo 屿yu 岫xiu"
)
_SECOND = (
    "渚zhu 砚yan 陵ling 泽ze 冈gang 浦pu 屿yu 峤qiao 汀ting 岭ling 塬yuan 埠bu 堰yan 墟xu 壑he 岑cen 隰xi 畹wan 畴chou "
    "磐pan 隈wei 澳ao 濑lai 浔xun 漳zhang 邑yi 郢ying 鄢yan 阜fu 陉xing"
)
_REAL = frozenset({"沅陵", "霞浦", "洛浦"})


def _stock(text: str) -> list[tuple[str, str]]:
    return [(syllable[0], syllable[1:]) for syllable in text.split()]


def stems(random: Random) -> Iterator[tuple[str, str]]:
    """Endless (characters, spelling) of places; no two alike, neither in writing nor in spelling.

    Raises:
        ValueError: the stock is used up.
    """
    pairs = [
        (first + second, one + two)
        for first, one in _stock(_FIRST)
        for second, two in _stock(_SECOND)
        if first != second and first + second not in _REAL
    ]
    random.shuffle(pairs)
    spelled: set[str] = set()
    for name, slug in pairs:
        if slug not in spelled:
            spelled.add(slug)
            yield name, slug
    raise ValueError(f"only {len(spelled)} names of places can be composed")
