import Documents

/// The date a news page gives in its text, such as `【本报2020年3月13日讯】` or
/// `更新: 2020-03-13 9:41 AM`.
enum Dateline {
  static func find(in text: ArraySlice<UInt8>) -> CalendarDate? {
    let head = text.prefix(reach)
    return bracketed(in: head) ?? labelled(in: head)
  }
}

extension Dateline {
  /// Below the first paragraphs a date belongs to the story, not to its publication.
  static let reach = 2000

  private static func bracketed(in text: ArraySlice<UInt8>) -> CalendarDate? {
    var rest = text
    while let opening = rest.firstRange(of: "【") {
      rest = rest[opening.upperBound...]
      let inside = rest.prefix(120)
      let group = inside.prefix(beforeAnyOf: ["】"])
      if group.count < inside.count, let date = date(within: group) { return date }
    }
    return nil
  }

  /// The date that the group's first number begins.
  private static func date(within group: ArraySlice<UInt8>) -> CalendarDate? {
    DateText.leadingDate(group.drop { !$0.isASCIIDigit })
  }

  private static let labels: [StaticString] = ["更新", "发布", "發布", "发表", "發表"]

  private static func labelled(in text: ArraySlice<UInt8>) -> CalendarDate? {
    for line in text.lines {
      for label in labels where line.hasPrefix(label) {
        let rest = line.dropFirst(label.utf8CodeUnitCount).drop { !$0.isASCIIDigit }
        if let date = DateText.leadingDate(rest) { return date }
      }
    }
    return nil
  }
}
