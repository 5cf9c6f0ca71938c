import Formats
import TestSupport
import Testing

/// Damaged pages are read or skipped, never a trap.
@Suite struct MutationTests {
  @Test(arguments: 1...20, ["c/a.md", "c/a.html", "c/a.txt"])
  func `damaged pages never trap`(seed: UInt64, path: String) {
    var random = SeededRandom(seed: seed)
    let pages = [MirrorFixture().text, frontMatter, exported]
    for _ in 0..<Mutation.count / 20 {
      var page = Array((pages.randomElement(using: &random) ?? exported).utf8)
      mutation.damage(&page, using: &random)
      for format in [PageReader.markdown, .mirror] {
        let repaired = Array(String(decoding: page, as: UTF8.self).utf8).filter { $0 != 0 }
        _ = skipReason(page, at: path, as: format)
        _ = skipReason(repaired, at: path, as: format)
      }
    }
  }

  private let frontMatter = """
    ---
    title: "x\\"y"
    tags: [a, 'b', "c]
    date: 2020-03-13T09:30:00+08:00
    ---
    # T

    ![a](b.png) <img src="c.png"> &#x4E2D;
    """

  private let exported = """
    ---
    title: "x\\"y\\n\\u6865"
    source: "https://example.org/a"
    created: 2026-01-02T03:04:05.678Z
    tags:
      - "a"
    read: true
    progress: 40
    note: "two\\nlines"
    format: html
    satchel: 1
    ---
    <p>T <img src="c.png">
    """

  private let mutation = Mutation(fragments: [
    "<", ">", "<!--", "-->", "'", "\"", "### ", "#### [", "](", "\n", "&#", "【", "】", "（", "）",
    "2020年", "记者", "：", "<pre>", "</div>", "<script>", "---\n", "原文地址：http://", "<br/>原文链接：",
    "【诚征荣誉会员】",
    "社会危难之中。", "### T\n---\n", "<time datetime='", "![", "[", "%",
  ])
}

/// The generator SplitMix64, so that a seed names a run.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
