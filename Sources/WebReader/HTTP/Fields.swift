/// The fields of an address's query or of a form, in their order.
struct Fields: Sendable {
  let all: [(name: String, value: String)]

  static let none = Fields([])

  init(_ fields: [(name: String, value: String)]) { all = fields }

  /// The first value of this name; nil where there is none.
  subscript(_ name: String) -> String? { all.first { $0.name == name }?.value }

  /// The same without the white space around it; nil where nothing is left.
  func text(_ name: String) -> String? {
    guard let value = self[name] else { return nil }
    let text = value.drop(while: \.isWhitespace)
    let end = text.lastIndex { !$0.isWhitespace }
    return end.map { String(text[...$0]) }
  }

  func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }
}
