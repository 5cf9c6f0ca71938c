import Articles
import Files
import Formats
import Foundation
import Satchel
import Transports

@testable import Satchel

// The code of the articles for those who work on the package itself, compiled.

struct AddressListReader: FormatReader {
  let total: ReadingTotal
  private let name: String
  private var lines: [Substring].SubSequence
  private var number = 0

  init(_ text: String, named name: String) {
    self.name = name
    lines = text.split(separator: "\n")[...]
    total = ReadingTotal(.pages, lines.count)
  }

  mutating func next() -> FormatRecord? {
    guard let line = lines.popFirst() else { return nil }
    number += 1
    return FormatRecord(at: "\(name), line \(number)") { () throws(SkipReason) in
      guard line.hasPrefix("https://") else { throw .noArticle }
      var draft = ArticleDraft(title: String(line), format: .text, body: [])
      draft.url = String(line)
      return draft
    }
  }
}

let addressList = Format(
  name: "addresses", contents: "a list of addresses", treatment: "adds each address",
  extensions: ["urls"],
  reader: { (input) throws(SkipReason) in
    guard case .path(let path) = input.source else { throw .notAPage(name: "standard input") }
    do throws(FileError) {
      let bytes = try InputFile.contents(of: path, .named, limit: 1 << 20)
      return AddressListReader(String(decoding: bytes, as: UTF8.self), named: path.shown)
    } catch {
      throw .unreadable(reason: error.reason)
    }
  },
  isLike: { sample in sample.head.starts(with: Array("https://".utf8)) })

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
