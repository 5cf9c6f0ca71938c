import ArgumentParser
import Satchel

/// What a person can set once for this machine, and what may stand there.
enum SettingKey: String, CaseIterable {
  case listSort = "list.sort"
  case listView = "list.view"
  case nextView = "next.view"
  case pager
  case color

  var meaning: String {
    switch self {
    case .listSort: "the order of list: published, added, title or site; -title turns it round"
    case .listView: "the view that list shows when it is asked for nothing else"
    case .nextView: "the view that next reads on in when it is asked for nothing else"
    case .pager: "the program in which long answers are read, before $PAGER; cat for none"
    case .color: "colors and styles: auto, always or never"
    }
  }

  /// What counts where nothing is set.
  var standard: String {
    switch self {
    case .listSort: ArticleQuery.Sort.published.rawValue
    case .listView, .nextView, .pager: ""
    case .color: GlobalOptions.ColorMode.auto.rawValue
    }
  }

  /// Why a value cannot stand there; nil where it can.
  func problem(with value: String) -> String? {
    guard !value.isEmpty, !value.contains(where: \.isNewline) else { return "a value is one line" }
    switch self {
    case .listSort:
      return ListOrder(value) == nil ? "the orders are published, added, title and site" : nil
    case .color:
      let modes = GlobalOptions.ColorMode.allCases.map(\.rawValue)
      return modes.contains(value) ? nil : "colors are auto, always or never"
    case .listView, .nextView, .pager: return nil
    }
  }

  /// The setting of this name. Throws for one that there is not.
  init(named name: String) throws {
    guard let key = SettingKey(rawValue: name) else {
      throw ValidationError(SettingKey.refusal(of: name))
    }
    self = key
  }

  static func refusal(of name: String) -> String {
    let nearest = Spelling.nearest(to: name, among: allCases.map(\.rawValue))
    return "There is no setting '\(TerminalEscape.escaped(name))'."
      + (nearest.map { " Did you mean '\($0)'?" } ?? " satchel config list shows them.")
  }
}

/// An order of a list in one word: `added`, or `-title` for the reverse.
struct ListOrder {
  let sort: ArticleQuery.Sort
  let isReversed: Bool

  init?(_ text: String) {
    isReversed = text.hasPrefix("-")
    guard let sort = ArticleQuery.Sort(rawValue: isReversed ? String(text.dropFirst()) : text)
    else { return nil }
    self.sort = sort
  }
}
