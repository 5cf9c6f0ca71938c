import Foundation
import Satchel

/// Days and times as pages say them, each with what a program reads.
extension Words {
  /// A day as articles have it, `2020-03-13` with or without a time behind it; what is none is said
  /// as it stands there.
  func day(_ text: String) -> Markup {
    let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count >= 10, parts.count == 3, let year = Int(parts[0]),
      let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
    else { return "\(String(text.prefix(40)))" }
    return
      "<time datetime=\"\(String(text.prefix(10)))\">\(Words.day(year, month, day)(self))</time>"
  }

  /// The day of a moment, by this machine's clock.
  func day(milliseconds: Int64) -> Markup {
    let parts = Words.local(milliseconds)
    return day(
      "\(parts.tm_year + 1_900)-\(Words.two(parts.tm_mon + 1))-\(Words.two(parts.tm_mday))")
  }

  /// A moment to the minute, by this machine's clock.
  func time(milliseconds: Int64) -> Markup {
    let parts = Words.local(milliseconds)
    let day = Words.day(Int(parts.tm_year) + 1_900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    let clock = "\(Words.two(parts.tm_hour)):\(Words.two(parts.tm_min))"
    let words = Phrase("\(day.english), \(clock)", "\(day.chinese) \(clock)")
    return "<time datetime=\"\(Wording.time(milliseconds: milliseconds))\">\(words(self))</time>"
  }

  /// A number with its thousands set off.
  func number(_ number: Int) -> String { Wording.number(number) }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Phrase {
    Phrase("\(day) \(months[month - 1]) \(year)", "\(year)年\(month)月\(day)日")
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func local(_ milliseconds: Int64) -> tm {
    var (seconds, parts) = (time_t(milliseconds / 1_000), tm())
    localtime_r(&seconds, &parts)
    return parts
  }

  private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Phrase {
  fileprivate func callAsFunction(_ words: Words) -> String { words(self) }
}
