import Coding
import Files
import Formats
import Foundation
import Sealing
import TestSupport

@testable import Transports

// Whole files of strangers: exports of other programs, pages, bundles, listings.

extension FuzzTarget {
  static let files: [FuzzTarget] =
    Format.all.filter { $0.isReadable && $0 != .mirror && $0 != .markdown }.map(export)
    + FormatSamples.archives.map(archive)
    + ["page.md", "page.html", "page.mhtml", "page.txt", "page"].map(page)

  /// Files of other programs, and of our own.
  private static func export(_ format: Format) -> FuzzTarget {
    var samples = FormatSamples.exports.filter { $0.format == format }.map { Array($0.text.utf8) }
    samples += FormatSamples.archives.filter { $0.format == format }.map { zipped($0.files) }
    if format == .jsonLines { samples.append(Array(FormatSamples.line.utf8)) }
    return FuzzTarget(name: format.name, samples: samples, fragments: exportFragments) {
      try isTaken($0, format)
    }
  }

  private static let exportFragments = [
    "\"", "\"\"", ",", "\n", "\r", ";", "{", "}", "[", "]", "\\", "\\u", "<dt", "<li>", "</dl>",
    "<dl>", "<script>", "<a href=", ">", "&#", "'", "|", "\u{FEFF}", "1e999", "-", "null", "\0",
    "<![CDATA[", "]]>", "<item>", "</entry>", "<content type='xhtml'>", "\"lists\":[",
    "\"links\":", ":", "../", "PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}",
  ]

  /// Archives that are whole, of files that are not: the files' contents, one behind the other.
  private static func archive(_ sample: FormatSamples.Archive) -> FuzzTarget {
    let contents = sample.files.map(\.text).joined(separator: "\u{1E}")
    return FuzzTarget(
      name: "files of \(sample.name)", samples: [Array(contents.utf8)], fragments: archiveFragments
    ) { bytes in
      var files = sample.files
      let parts = bytes.split(separator: 0x1E, omittingEmptySubsequences: false)
      for (place, part) in zip(files.indices, parts) {
        files[place].text = String(decoding: part, as: UTF8.self)
      }
      return try isTaken(zipped(files), sample.format)
    }
  }

  private static let archiveFragments = [
    "\"", ",", "\n", "{", "}", "[", "]", "<", ">", "</", "/>", "<!--", "<![CDATA[", "&#x", "../",
    "%", "%00", "<body", "</body", "<nav", "<h1>", "</h1>", "<content src='", "full-path=",
  ]

  private static func zipped(_ files: [(name: String, text: String)]) -> [UInt8] {
    var zip = ZipFixture()
    for file in files { zip.add(file.name, file.text) }
    return zip.bytes()
  }

  /// Whether an article is in a file, and each of what is in it has a place.
  private static func isTaken(_ bytes: [UInt8], _ format: Format) throws -> Bool {
    try withFile(bytes) { path in
      var taken = false
      for isByChapter in format == .epub ? [false, true] : [false] {
        var input = FormatInput.path(path)
        input.isByChapter = isByChapter
        guard let reader = try? format.reader(of: input) else { continue }
        for item in reader.items() {
          try hold(!item.place.isEmpty, "something lies nowhere")
          if case .article = item.outcome { taken = true }
        }
      }
      return taken
    }
  }

  /// A page by its name, as pages are read and as those of a mirror are.
  private static func page(_ name: String) -> FuzzTarget {
    let samples = FormatSamples.pages.map { Array($0.utf8) }
    return FuzzTarget(name: name, samples: samples, fragments: pageFragments) { bytes in
      var taken = false
      for reader in [PageReader.markdown, .mirror] {
        let draft = try? reader.draft(of: bytes, at: PagePath(FilePath("c/\(name)"))) { _ in [1] }
        guard let draft else { continue }
        // A library's own page may say that its article has none.
        let isOwn = String(decoding: bytes, as: UTF8.self).contains("\nsatchel: 1\n")
        try hold(!draft.title.isEmpty || isOwn, "a page has no title")
        taken = true
      }
      return taken
    }
  }

  private static let pageFragments = [
    "<", ">", "<!--", "-->", "'", "\"", "### ", "#### [", "](", "\n", "&#", "【", "】", "（", "）",
    "2020年", "记者", "：", "<pre>", "</div>", "<script>", "---\n", "原文地址：http://", "<br/>原文链接：",
    "【诚征荣誉会员】", "社会危难之中。", "### T\n---\n", "<time datetime='", "![", "[", "%",
    "\r\n\r\n", "--x", "--x--", "=", "=C3", "=\n", ": ", ";", "boundary=", "charset=gbk",
    "Content-Type: multipart/related; boundary=x\n\n", "Content-Transfer-Encoding: base64\n",
    "cid:", "=?utf-8?q?", "=?utf-8?b?", "?=", "<img src=", "../", "//", "#", "?",
  ]

  static let bundles: [FuzzTarget] = [
    FuzzTarget(name: "bundle", samples: [openBundle]) { bytes in
      try withFile(bytes) { path in
        guard let reader = try unlessRefused({ try BundleReader(path, secret: nil) }) else {
          return false
        }
        let frames = try unlessRefused {
          var count = 0
          while try reader.next() != nil { count += 1 }
          return count
        }
        return frames != nil
      }
    },
    FuzzTarget(name: "bundle header", samples: [openBundleHeader]) { bytes in
      guard let header = try unlessRefused({ try BundleHeader(payload: bytes) }) else {
        return false
      }
      let again = try unlessRefused { try BundleHeader(payload: header.payload) }
      try hold(again == header, "a header reads as another")
      return true
    },
    FuzzTarget(
      name: "name of an exchange file",
      samples: [Array("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1-3-00000000000003e9.satchel".utf8)]
    ) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      guard let name = ExchangeName(text) else { return false }
      try hold(ExchangeName(name.text) == name, "\(text.debugDescription) reads as another")
      return true
    },
    FuzzTarget(
      name: "listing of rclone",
      samples: [Array(#"[{"Path":"a/b-1.satchel","Size":3,"IsDir":false}]"#.utf8)]
    ) { bytes in
      guard let entries = try unlessRefused({ try RcloneListing.entries(bytes) }) else {
        return false
      }
      for entry in entries {
        try hold(
          entry.name.isRelative && entry.name.lexicallyNormalized() == entry.name,
          "\(entry.name) leaves its folder")
      }
      return true
    },
  ]

  /// The bundle that anybody can read, which is an example.
  private static let openBundle: [UInt8] = {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let file = repository.appending(path: "Examples/open-bundle/sample.satchel")
    return (try? [UInt8](Data(contentsOf: file))) ?? []
  }()

  private static let openBundleHeader: [UInt8] = {
    let start = BundleFormat.preambleLength
    let behind = start + Frame.headerLength
    guard openBundle.count > behind,
      let header = try? FrameHeader(Array(openBundle[start..<behind])),
      let frame = try? header.frame(
        stored: Array(openBundle[behind...].prefix(header.storedLength)))
    else { return [] }
    return (try? frame.payload()) ?? []
  }()

  /// Readers of files take a path. Where the system keeps files in memory, no disk is worn.
  private static func withFile<Result>(
    _ bytes: [UInt8], _ body: (FilePath) throws -> Result
  ) throws -> Result {
    let memory = URL(filePath: "/dev/shm")
    let folder =
      FileManager.default.isWritableFile(atPath: memory.path)
      ? memory : FileManager.default.temporaryDirectory
    let file = folder.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    return try body(FilePath(file.path))
  }
}
