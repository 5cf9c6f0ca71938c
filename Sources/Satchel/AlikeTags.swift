import Foundation

/// Tags that a reader takes for one: they differ in the case or the width of letters, in how an
/// accented letter is composed, or in white space.
public struct AlikeTags: Sendable {
  /// The one that most articles bear, as it would be typed.
  public let kept: String
  /// Those to be renamed to it, most used first.
  public let others: [TagCount]

  /// The groups among tags, in their order.
  public static func among(_ tags: [TagCount]) -> [AlikeTags] {
    var groups: [String: [TagCount]] = [:]
    var order: [String] = []
    for tag in tags {
      let key = look(of: tag.name)
      if groups[key, default: []].isEmpty { order.append(key) }
      groups[key, default: []].append(tag)
    }
    return order.compactMap { groups[$0].flatMap(AlikeTags.init) }
  }

  /// What two tags have in common that look alike.
  static func look(of tag: String) -> String {
    tag.precomposedStringWithCompatibilityMapping
      .folding(options: .caseInsensitive, locale: nil)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Nil where there is only one.
  private init?(_ tags: [TagCount]) {
    let sorted = tags.sorted { $0.count > $1.count }
    guard let first = sorted.first, sorted.count > 1 else { return nil }
    let kept = Library.typed(tag: first.name)
    self.kept = kept
    // By their bytes: strings that are composed differently are equal.
    others = sorted.filter { !$0.name.utf8.elementsEqual(kept.utf8) }
  }
}
