/// What pages say, in the language that a browser prefers.
struct Words: Sendable {
  let language: Language

  enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh-Hans"
  }

  func callAsFunction(_ phrase: Phrase) -> String {
    switch language {
    case .english: phrase.english
    case .chinese: phrase.chinese
    }
  }
}

extension Words {
  /// - Parameter acceptLanguage: what the browser sends (RFC 9110, 12.5.4): the first of our
  ///   languages by weight, then by place; English where there is none of them.
  init(acceptLanguage: String?) {
    var best: (language: Language, weight: Double)?
    for part in (acceptLanguage ?? "").split(separator: ",").prefix(32) {
      let pieces = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      guard let tag = pieces.first?.lowercased(), let language = Language(tag: tag) else {
        continue
      }
      let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }
      let weight = quality.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
      if weight > best?.weight ?? 0 { best = (language, weight) }
    }
    self.init(language: best?.language ?? .english)
  }
}

extension Words.Language {
  fileprivate init?(tag: String) {
    switch tag.prefix(while: { $0 != "-" }) {
    case "en": self = .english
    case "zh": self = .chinese
    default: return nil
    }
  }
}
