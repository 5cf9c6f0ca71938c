import Documents
import Files

/// A book's table of contents: what it calls its chapters' files.
struct EPUBContents {
  /// By the path of the file in the book; of several entries for one the first.
  private(set) var titles: [String: String] = [:]
  private let place: PagePath

  /// - Parameters:
  ///   - bytes: a navigation document (EPUB 3.3, section 7), or a table as EPUB 2 has it (NCX).
  ///   - place: where it lies in the book.
  init(_ bytes: [UInt8], at place: FilePath) {
    self.place = PagePath(place)
    var (navigations, label, target): ([Bool], String?, String?) = ([], nil, nil)
    for token in XMLTokens(bytes) {
      switch token {
      case .start(let tag):
        switch tag.name {
        case "nav":
          let type = tag.value(of: "epub:type") ?? "toc"
          navigations.append(type.split(separator: " ").contains("toc"))
        case "a" where navigations.last == true: (label, target) = ("", tag.value(of: "href"))
        case "navlabel": label = ""
        case "content": note(label, at: tag.value(of: "src"))
        default: break
        }
      case .text(let text): label? += text
      case .end("nav"): _ = navigations.popLast()
      case .end("a"):
        note(label, at: target)
        (label, target) = (nil, nil)
      case .end: break
      }
    }
  }

  private mutating func note(_ label: String?, at reference: String?) {
    guard let label = label?.singleLine, !label.isEmpty, let reference,
      let file = place.resolve(reference)?.text, titles[file] == nil
    else { return }
    titles[file] = label
  }
}
