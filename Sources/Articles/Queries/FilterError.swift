/// Why a text is no query (Protocol 10.2).
public struct FilterError: Error, Sendable, Hashable {
  public let reason: Reason
  /// What was read.
  public let text: String
  /// Where in it, in Unicode scalars.
  public let place: Range<Int>

  public init(reason: Reason, text: String, place: Range<Int>) {
    (self.reason, self.text, self.place) = (reason, text, place)
  }

  public enum Reason: Error, Sendable, Hashable {
    /// There is no such field; `guess` is one whose name is much like it.
    case unknownField(String, guess: String?)
    /// Nothing stands where a value should: behind a field, or around a star.
    case noValue
    /// There is no such state; `guess` is one whose name is much like it.
    case unknownState(String, guess: String?)
    case notADay
    /// It is no number from 0 to this.
    case notANumber(maximum: Int)
    case openQuotation
    /// A parenthesis without its other one.
    case openParenthesis
    /// Nothing stands between two parentheses.
    case emptyParentheses
    /// `OR`, `AND` or `NOT` that lack what they join.
    case strayOperator(String)
    case notAViewName
    /// Longer than ``ArticleFilter/maximumBytes``, or of too many items or levels.
    case tooLong
  }
}

extension FilterError: CustomStringConvertible {
  /// What is wrong, as one clause for people.
  public var description: String {
    switch reason {
    case .unknownField(let name, _): "there is no field \"\(name)\""
    case .noValue: "something is missing here"
    case .unknownState(let name, _): "there is no state \"\(name)\""
    case .notADay: "this is no day"
    case .notANumber(let maximum): "this is no number from 0 to \(maximum)"
    case .openQuotation: "this quotation mark has no second one"
    case .openParenthesis: "this parenthesis has no other one"
    case .emptyParentheses: "there is nothing between these parentheses"
    case .strayOperator("NOT"): "NOT stands before something to look for"
    case .strayOperator(let word): "\(word) stands between two things to look for"
    case .notAViewName: "no view has such a name"
    case .tooLong: "the query is too long"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch reason {
    case .unknownField(let name, let guess):
      (guess.map { "Did you mean \($0)? " } ?? "Fields are \(FilterField.names). ")
        + "To look for the words themselves, quote them: \"\(name):...\""
    case .noValue: "satchel help query shows what can be asked."
    case .unknownState(_, let guess):
      guess.map { "Did you mean \($0)?" }
        ?? "States are \(FilterState.allCases.map(\.rawValue).joined(separator: ", "))."
    case .notADay: "Days are written 2026-03-13, 2026-03, 2026, today, yesterday, 7d, 2w, 3m or 1y."
    case .notANumber: "Compare with <, <=, >, >= or =, as in rating:>=3."
    case .openQuotation: "Close it, or leave it out."
    case .openParenthesis, .emptyParentheses: "To look for a parenthesis, leave it out."
    case .strayOperator: "To look for the word itself, write it small or quote it."
    case .notAViewName: "satchel view list shows those that there are."
    case .tooLong:
      "A query has at most \(ArticleFilter.maximumBytes) bytes, \(ArticleFilter.maximumItems) items "
        + "and \(ArticleFilter.maximumDepth) levels."
    }
  }
}
