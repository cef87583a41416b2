"""Prose of invented agencies: sentences of invented phrases, the same for the same seed."""

from __future__ import annotations

from random import Random

PHRASES = """
梳理栏目 更新目录 走访村组 核对台账 编印手册 邀请代表 座谈交流 张贴公示 录制视频 整理档案
开放大厅 回访群众 统计来电 公布电话 检查链接 修订指南 组织培训 抽查文件 汇总意见 分类答复
登记来信 移交卷宗 对照清单 调整版面 补录日期 说明理由 送达文书 约谈单位 通报情况 评估效果
建设平台 集中解读 征求建议 逐项销号 建立专栏 落实专人 压缩时限 优化流程 接受监督 改进作风
"""

WORDS = PHRASES.split()


def prose(seed: int | str, sentences: int = 6) -> str:
    """So many sentences of some thirty characters."""
    random = Random(seed)
    return "".join(
        f"{random.choice('春夏秋冬')}季{'、'.join(random.sample(WORDS, 4))}，并{''.join(random.sample(WORDS, 2))}。"
        for _ in range(sentences)
    )
