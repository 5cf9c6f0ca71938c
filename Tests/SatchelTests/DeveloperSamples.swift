import Articles
import Documents
import Files
import Foundation
import Satchel
import Transports

@testable import Formats
@testable import Satchel

// The code of the articles for those who work on the package itself, compiled.

struct TableReader: FormatReader {
  let total: ReadingTotal
  private let name: String
  private var lines: ArraySlice<(offset: Int, element: Substring)>

  init(_ text: String, named name: String) {
    self.name = name
    // Not at "\n": that and the end of a Windows line are different characters.
    lines =
      text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated().filter { !$0.element.isEmpty }[...]
    total = ReadingTotal(.pages, lines.count)
  }

  mutating func next() -> FormatRecord? {
    guard let (number, line) = lines.popFirst() else { return nil }
    return FormatRecord(at: "\(name), line \(number + 1)") { () throws(SkipReason) in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 3 else { throw .unreadable(reason: "a line has three cells") }
      guard !cells[2].isEmpty else { throw .empty }
      var draft = ArticleDraft(title: cells[0], format: .text, body: Array(cells[2].utf8))
      draft.url = cells[1]
      return draft
    }
  }
}

extension Format {
  static let table = Format(
    name: "table", contents: "a table of titles, addresses and texts",
    treatment: "adds an article for each line", extensions: ["tsv"],
    reader: { (input) throws(SkipReason) in
      guard case .path(let path) = input.source else { throw .unreadable(reason: "it is no file") }
      let bytes = try SkipReason.wrapping { () throws(FileError) in
        try InputFile.contents(of: path, .named, limit: 1 << 20)
      }
      let text = try PageText.decoded(bytes, of: .text, assuming: input.encoding)
      return TableReader(String(decoding: text, as: UTF8.self), named: path.shown)
    },
    isLike: { sample in sample.name.hasSuffix(".tsv") })
}

struct TableWriter: FormatWriter {
  private(set) var leftOut: [ExportOmission] = []
  private var file: WrittenFile

  init(to target: ExportTarget) throws(FileError) { file = try WrittenFile(target) }

  var tally: ExportTally { file.tally }

  mutating func write(_ article: ExportedArticle) throws(FileError) {
    guard let url = article.draft.url else {
      leftOut.append(ExportOmission(of: article.draft.title, because: "it has no address"))
      return
    }
    try file.write("\(article.draft.title)\t\(url)\n")
  }

  mutating func finish() throws(FileError) { try file.finish() }
}

let output = FormatOutput("a table of titles and addresses") { (target) throws(FileError) in
  try TableWriter(to: target)
}

struct ShelfTarget: StorageTarget {
  let name: String

  init?(reading text: String) throws(LibraryError) {
    guard text.hasPrefix("shelf:") else { return nil }
    name = String(text.dropFirst("shelf:".count))
    guard !name.isEmpty else { throw .invalid("a shelf has a name: shelf:NAME") }
  }

  var description: String { "shelf:\(name)" }
  var storage: any Storage { FolderStorage(FilePath("/srv/shelves").appending(name)) }
  func open() throws(FileError) -> any Storage { storage }
}
