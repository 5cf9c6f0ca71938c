"""Pages like those of news sites, made from lists of words and a seed: no two runs with one seed
differ, and nothing in them was ever published."""

import random

# Plain words about plain things; proper names are put together from NAME_CHARACTERS.
CHINESE = """港口 图书馆 列车 天气 市场 学校 花园 河流 桥梁 博物馆 农场 森林 海岸 医院 餐厅 工厂 车站 邮局
公园 山谷 湖泊 渔船 面包 茶叶 音乐 比赛 展览 电影 书店 建筑 设计 研究 报告 计划 数据 结果 问题 方法
机会 变化 经验 传统 技术 工程师 教师 学生 居民 游客 农民 司机 厨师 画家 作家 记者 志愿者 早晨 傍晚 周末
春天 夏天 秋天 冬天 去年 今年 明年 附近 中心 郊区 北部 南部 沿海 山区 开始 完成 增加 减少 举行 参加
发现 介绍 修建 保护 种植 观察 记录 讨论 支持 准备 改善 测量 收集 展示 比较 选择 推出 更新 打开 连接
新的 安静 巨大 普通 美丽 古老 复杂 简单 温暖 寒冷 丰富 独特 重要 方便 详细 公开 缓慢 逐渐 通常 首次
终于 仍然 已经 可能 必须 大约 同时 因此 但是 如果 虽然 由于 关于 根据 通过 对于 以及 其中 这里 那里""".split()
ENGLISH = """harbour library railway weather market school garden river bridge museum farm forest
coast hospital kitchen factory station office park valley lake boat bread tea music match exhibition
film bookshop building design research report plan data result question method chance change
experience tradition technique engineer teacher student resident visitor farmer driver cook painter
writer reporter volunteer morning evening weekend spring summer autumn winter nearby centre northern
southern begins finished increases reduces held joined found introduced built protects planted
observed recorded discussed supports prepares improved measured collected shows compares chosen
opened updated connects new quiet large ordinary beautiful old complex simple warm cold rich unique
important convenient detailed public slowly gradually usually first finally still already possibly
about meanwhile therefore although because according through towards including between without
several hundred another during before after under over again together""".split()
NAME_CHARACTERS = """安柏岑澄丹峰歌海嘉康朗美宁鹏青荣书涛文溪雅泽志舟川帆冠和晶可岚梅楠朴琪若诗棠婉薇
星逸音羽云展章竹卓桐松石溪林泉原野江湖湾岛岭坡塘源沙岩湘渝沧浦滨堤渡津洲池潭汀屿峡""".replace("\n", "")
SITES = ["harbour-times", "north-valley", "tea-and-trains", "river-daily", "old-bridge-review",
         "coast-evening", "library-weekly", "market-square"]
ENGLISH_SHARE = 0.25
RARE_SHARE = 0.4
SMALLEST, LARGEST = 2_000, 30_000


def write_pages(folder, count, seed):
    """Writes `count` pages, in a folder for each site."""
    generator = random.Random(seed)
    sites = [Site(name, generator) for name in SITES]
    for site in sites:
        (folder / site.name).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        site = sites[number % len(sites)]
        path = folder / site.name / f"n{100_000 + number * 7}.md"
        path.write_text(site.page(number, generator), encoding="utf-8")


class Site:
    """A site writes in one language, and puts the same things above and below every page."""

    def __init__(self, name, generator):
        self.name = name
        self.english = generator.random() < ENGLISH_SHARE
        self.above = self.boilerplate(generator, 6)
        self.below = self.boilerplate(generator, 16)

    def page(self, number, generator):
        target = min(max(generator.lognormvariate(9.05, 0.55), SMALLEST), LARGEST)
        title = self.sentence(generator, 6)[:-1]
        parts = [self.front(number, title, generator), f"# {title}\n", self.above]
        length = sum(len(part.encode()) for part in parts) + len(self.below.encode())
        while length < target:
            parts.append(self.paragraph(generator))
            length += len(parts[-1].encode()) + 1
        return "\n".join([*parts, self.below])

    def front(self, number, title, generator):
        day = f"{2019 + number % 7}-{generator.randint(1, 12):02}-{generator.randint(1, 28):02}"
        return (f"---\ntitle: {title}\nurl: https://{self.name}.example/a/{100_000 + number}.html\n"
                f"author: {self.person(generator)}\npublished: {day}\n"
                f"language: {'en' if self.english else 'zh-Hans'}\n---\n")

    def boilerplate(self, generator, lines):
        texts = [f"#### [{self.sentence(generator, 4)}](https://{self.name}.example/s/"
                 f"{generator.getrandbits(40):x})" for _ in range(lines)]
        return "\n\n".join(texts) + "\n"

    def paragraph(self, generator):
        chance = generator.random()
        if chance < 0.06:
            return (f'<img alt="{self.sentence(generator, 5)}" src="https://{self.name}.example/i/'
                    f'{generator.getrandbits(64):x}.jpg"/>\n')
        if chance < 0.12:
            return f"## {self.sentence(generator, 4)}\n"
        sentences = [self.sentence(generator, generator.randint(7, 18))
                     for _ in range(generator.randint(2, 6))]
        if chance < 0.35:
            sentences.append(f"[{self.person(generator)}](https://{self.name}.example/t/"
                             f"{generator.getrandbits(32):x})")
        return (" " if self.english else "").join(sentences) + "\n"

    def sentence(self, generator, words):
        chosen = generator.choices(ENGLISH if self.english else CHINESE, k=words)
        for at in range(1, words, 3):
            if generator.random() < RARE_SHARE:
                chosen[at] = self.rare(generator)
        if self.english:
            return " ".join(chosen).capitalize() + "."
        comma = words // 2
        return "".join(chosen[:comma]) + "，" + "".join(chosen[comma:]) + "。"

    def rare(self, generator):
        """What a page says that others do not: a name or a number."""
        if generator.random() < 0.3:
            return str(generator.randint(2, 99_999))
        return self.person(generator)

    def person(self, generator):
        if self.english:
            parts = generator.choices("abcdefghiklmnoprstuvwy", k=generator.randint(4, 8))
            return "".join(parts).capitalize()
        return "".join(generator.choices(NAME_CHARACTERS, k=generator.randint(2, 4)))
