import Documents

/// The publication date in the path of a news address; nil unless the shape leaves no doubt.
enum AddressDate {
  static func find(in folders: [ArraySlice<UInt8>]) -> CalendarDate? {
    for index in folders.indices {
      let date =
        spread(over: folders[index...]) ?? edition(folders[index...]) ?? within(folders[index])
      if let date { return date }
    }
    return folders.last.flatMap(timestamp)
  }
}

extension AddressDate {
  private typealias Folders = ArraySlice<ArraySlice<UInt8>>

  /// No page of the web is older, so a smaller number is no year.
  private static let firstYear = 1990

  /// `/2020/03/13/` and `/2020/0313/`.
  private static func spread(over folders: Folders) -> CalendarDate? {
    guard let year = number(in: folders.first, digits: 4...4), year >= firstYear,
      let next = folders.dropFirst().first
    else { return nil }
    if let both = number(in: next, digits: 4...4) {
      return CalendarDate(year: year, month: both / 100, day: both % 100)
    }
    guard let month = number(in: next, digits: 1...2),
      let day = number(in: folders.dropFirst(2).first, digits: 1...2)
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  /// `/gb/20/3/13/n11938741.htm`: a short year counts only between an edition and a page.
  private static func edition(_ folders: Folders) -> CalendarDate? {
    let parts = Array(folders.prefix(5))
    guard parts.count == 5, parts[0].elementsEqual("gb".utf8) || parts[0].elementsEqual("b5".utf8),
      let year = number(in: parts[1], digits: 1...2),
      let month = number(in: parts[2], digits: 1...2),
      let day = number(in: parts[3], digits: 1...2),
      parts[4].first == UInt8(ascii: "n")
    else { return nil }
    return CalendarDate(year: 2000 + year, month: month, day: day)
  }

  /// `/20200313/` and `/2020-03-13-title.html`.
  private static func within(_ folder: ArraySlice<UInt8>) -> CalendarDate? {
    if let value = number(in: folder, digits: 8...8), value / 10000 >= firstYear {
      return CalendarDate(year: value / 10000, month: value / 100 % 100, day: value % 100)
    }
    return folder.contains(UInt8(ascii: "-")) ? DateText.leadingDate(folder) : nil
  }

  /// `gx-03132020151908.html`: month, day, year, hour, minute, second; the zone is not known.
  private static func timestamp(_ page: ArraySlice<UInt8>) -> CalendarDate? {
    let stem = page.prefix { $0 != UInt8(ascii: ".") }
    guard let dash = stem.lastIndex(of: UInt8(ascii: "-")),
      let digits = number(in: stem[(dash + 1)...], digits: 14...14)
    else { return nil }
    let (day, time) = (digits / 1_000_000, digits % 1_000_000)
    guard day % 10000 >= firstYear, time / 10000 < 24, time / 100 % 100 < 60, time % 100 < 60
    else { return nil }
    return CalendarDate(year: day % 10000, month: day / 1_000_000, day: day / 10000 % 100)
  }

  /// The folder as a number, if it is one of that many digits and nothing else.
  private static func number(in folder: ArraySlice<UInt8>?, digits: ClosedRange<Int>) -> Int? {
    guard let folder else { return nil }
    var scanner = DigitScanner(folder)
    let number = scanner.number(digits: digits)
    return scanner.rest.isEmpty ? number : nil
  }
}
