/// Writes the marks of passages around what is written of a text.
///
/// Each piece of text has its marks closest around it, inside of links and styles, so that what stands
/// around texts need not know of them.
struct HTMLMarks {
  private var places: TextMarks
  private let marks: [HTMLMark]
  /// In which part of the page each mark begins, by its id.
  private(set) var parts: [String: Int] = [:]
  /// The part of the page that is being written.
  var part = 1
  /// The run before in the same row, as much of it as tells what parts the next cell from it.
  private var line: [TextRun] = []

  /// A piece of a text with the tags around it.
  typealias Piece = (text: Substring, opening: String, closing: String)

  /// So many marks are shown of those that overlap.
  private static let atOnce = 8

  init(_ marks: [HTMLMark]) {
    self.marks = marks
    places = TextMarks(marks.map(\.passage))
  }

  var isEmpty: Bool { marks.isEmpty }

  /// To be called with each block before its runs.
  mutating func begin(_ block: PlacedBlock) {
    if isEmpty { return }
    places.begin(TextBlock(block, []))
    line = []
  }

  /// To be called before each cell of a row: the plain text has bars between them.
  mutating func begin(cell: [TextRun], isFirst: Bool) {
    if isEmpty || isFirst { return }
    let bar = TextRun.bar(after: line, before: cell)
    _ = places.pieces(of: bar.text)
    line = [bar]
  }

  /// The pieces of a run; of an image there is one.
  mutating func pieces(of run: TextRun) -> [Piece] {
    if isEmpty { return [(run.text[...], "", "")] }
    line = [run]
    let pieces = places.pieces(of: run.visibleText)
    guard run.image == nil else { return [around(run.text[...], imagePassages(of: pieces))] }
    return pieces.map { around($0.text, $0.passages) }
  }

  /// Whether any of the runs that come next is marked.
  func areMarked(_ runs: [TextRun]) -> Bool {
    if isEmpty { return false }
    var copy = self
    return runs.contains { run in copy.pieces(of: run).contains { !$0.opening.isEmpty } }
  }

  /// Passes over runs that are not written.
  mutating func pass(_ runs: [TextRun]) {
    for run in runs { _ = pieces(of: run) }
  }

  private func imagePassages(of pieces: [TextMarks.Piece]) -> [Int] {
    var passages: [Int] = []
    for piece in pieces { passages += piece.passages.filter { !passages.contains($0) } }
    return passages
  }

  private mutating func around(_ text: Substring, _ passages: [Int]) -> Piece {
    var piece: Piece = (text, "", "")
    for mark in passages.prefix(HTMLMarks.atOnce).map({ marks[$0] }) {
      let isFirst = parts.updateValue(parts[mark.id] ?? part, forKey: mark.id) == nil
      let id = isFirst ? " id=\"\(HTMLEscape.escaped(mark.id))\"" : ""
      piece.opening += "<mark\(id) class=\"\(mark.color.rawValue)\">"
      piece.closing += "</mark>"
    }
    return piece
  }
}
