/// Why a query that reads cannot be answered (Protocol 10.2).
public enum QueryError: Error, Sendable, Hashable {
  case noSuchView(String)
  /// The view leads to itself, or to too many others.
  case loop(view: String)
  /// What the view says is no query to this version.
  case unreadable(view: String, FilterError)
  /// It asks for words, and nothing in it is one.
  case noWords
  /// It asks for words, or for what is missing, to say which texts are kept.
  case asksForTexts
}

extension QueryError: CustomStringConvertible {
  /// What is wrong, as one clause for people.
  public var description: String {
    switch self {
    case .noSuchView(let name): "there is no view \"\(name)\""
    case .loop(let name): "the view \"\(name)\" leads to itself or to too many others"
    case .unreadable(let name, let error): "the view \"\(name)\" cannot be read: \(error)"
    case .noWords: "there is no word to look for"
    case .asksForTexts:
      "which texts are kept goes by what is known of articles, not by words in them or by what is "
        + "missing"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .noSuchView: "satchel view list shows those that there are."
    case .loop(let name), .unreadable(let name, _):
      "satchel view add \(name) gives it another query."
    case .noWords, .asksForTexts: "satchel help query shows what can be asked."
    }
  }
}
