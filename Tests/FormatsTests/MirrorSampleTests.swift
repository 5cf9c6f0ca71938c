import Articles
import Documents
import Formats
import Foundation
import Testing

@Suite(.enabled(if: MirrorSample.archive != nil, "the sample of mirrored pages is not here"))
struct MirrorSampleTests {
  private let reader = PageReader.mirror

  @Test func `every page is read, cleaned and described`() throws {
    let drafts = try MirrorSample.pages().map { try draft(of: $0.bytes, at: $0.path) }
    #expect(drafts.count == 1213)
    #expect(drafts.allSatisfy { !$0.title.isEmpty && $0.url != nil && $0.published != nil })
    #expect(drafts.allSatisfy { $0.site != nil && $0.tags.first != nil })
    // Some titles of films, below which there is no text, are too short to tell.
    #expect(drafts.count { $0.language != nil } >= 1200)
    #expect(drafts.count { $0.author != nil } >= 500)
    #expect(drafts.count { $0.editor != nil } >= 690)
    for draft in drafts { expectClean(draft) }
    expectNoStandingMatter(drafts)
    expectCopiesAgree(drafts)
  }

  /// Every twelfth page, where each is read several times.
  private func somePages() throws -> [(path: PagePath, bytes: [UInt8])] {
    try MirrorSample.pages().enumerated().filter { $0.offset % 12 == 0 }.map(\.element)
  }

  @Test func `under other menus a body is the same`() throws {
    for page in try somePages() {
      let renamed = String(decoding: page.bytes, as: UTF8.self)
        .replacingOccurrences(of: "gfw-breaker/banned-news3", with: "someone/renamed-2")
        .replacingOccurrences(of: "#### [首页]", with: "#### [起始页](https://x.example) | [首页]")
        .replacingOccurrences(of: "[ 🔥", with: "[ 🌊🌊")
        .replacingOccurrences(of: "pages/\(page.path.shown)", with: "other/place/1.md")
      let other = try draft(of: Array(renamed.utf8), at: page.path)
      #expect(try other.body == draft(of: page.bytes, at: page.path).body, "\(page.path.shown)")
    }
  }

  @Test func `pages written as Markdown read as the same documents`() throws {
    for page in try somePages() {
      let draft = try draft(of: page.bytes, at: page.path)
      let document = Document(reading: draft.body, as: .markdown)
      let written = MarkdownWriter.markdown(of: document)
      let reread = Document(reading: Array(written.utf8), as: .markdown)
      #expect(reread == document, "\(page.path.relative)")
    }
  }

  private func draft(of bytes: [UInt8], at path: PagePath) throws -> ArticleDraft {
    try reader.draft(of: bytes, at: path, images: { _ in nil })
  }

  /// What menus, promotions, share block, footer and trackers of this mirror contain.
  private let remnants = [
    "gfw-breaker", "begood0513", "手机上长按", "原文地址", "翻墙必看视频", "一键翻墙软件", "网站代理：[",
    ":10000/videos", ".md.png", "width='0px'", "<script", "<iframe", "<style", "<!--",
  ].map { Array($0.utf8) }

  private func expectClean(_ draft: ArticleDraft) {
    let body = Data(draft.body)
    for remnant in remnants {
      #expect(body.range(of: Data(remnant)) == nil, "\(draft.url ?? draft.title)")
    }
    let lines = draft.text.split(separator: "\n")
    #expect(!lines.contains { $0.hasPrefix("####") || $0.hasPrefix("---") })
  }

  /// The appeal that stood under 330 pages made each of them speak of a plague.
  private func expectNoStandingMatter(_ drafts: [ArticleDraft]) {
    let marks = ["【诚征荣誉会员】", "希望之声版权所有", "本文章或节目经希望之声", "【支持】为真相护航", "/kzgd/ad/"]
    for draft in drafts {
      for mark in marks { #expect(!draft.text.contains(mark), "\(draft.url ?? draft.title)") }
    }
    #expect(drafts.count { $0.text.contains("瘟疫") } < 60)
  }

  /// Five originals lie in two channels each; one of them was edited between the two visits.
  private func expectCopiesAgree(_ drafts: [ArticleDraft]) {
    let copies = Dictionary(grouping: drafts, by: \.url).values.filter { $0.count > 1 }
    #expect(copies.count == 5)
    #expect(copies.count { Set($0.map(\.title)).count == 1 } == 4)
    for copy in copies where Set(copy.map(\.title)).count == 1 {
      #expect(Set(copy.map(\.body)).count == 1, "\(copy[0].title)")
      #expect(Set(copy.map(\.tags)).count == copy.count)
    }
  }
}
