import Articles
import Files
import Testing

@testable import Formats

/// What `format` reads of a file with these bytes: articles and records that are none.
func exportItems(
  _ format: Format, _ bytes: [UInt8], named name: String = "export",
  columns: [ImportColumn: String] = [:], isByChapter: Bool = false
) throws -> [FormatItem] {
  try withFolder { folder in
    try folder.write(name, bytes)
    var input = FormatInput.path(folder.place.pushing(FilePath(name)))
    input.columns = columns
    input.isByChapter = isByChapter
    return Array(try format.reader(of: input).items())
  }
}

func exportItems(
  _ format: Format, _ text: String, named name: String = "export",
  columns: [ImportColumn: String] = [:]
) throws -> [FormatItem] {
  try exportItems(format, Array(text.utf8), named: name, columns: columns)
}

/// The articles among them.
func drafts(
  _ format: Format, _ text: String, columns: [ImportColumn: String] = [:]
) throws -> [ArticleDraft] {
  try exportItems(format, text, columns: columns).compactMap(\.draft)
}

extension FormatItem {
  var draft: ArticleDraft? {
    if case .article(let draft) = outcome { draft } else { nil }
  }

  var reason: SkipReason? {
    switch outcome {
    case .article: nil
    case .skipped(let reason), .passedOver(let reason): reason
    }
  }
}

/// A source that hands out a few bytes at a time, so that every place is an end of what is in memory.
struct Trickle: ByteSource {
  let length: Int
  private var rest: ArraySlice<UInt8>
  private let size: Int

  init(_ text: String, size: Int) {
    rest = Array(text.utf8)[...]
    (length, self.size) = (rest.count, size)
  }

  mutating func read() -> [UInt8] {
    defer { rest = rest.dropFirst(size) }
    return Array(rest.prefix(size))
  }
}
