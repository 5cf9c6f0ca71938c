import Foundation
import Replication

extension Wording {
  /// `310 bytes`, `1.2 kB`, `28.8 MB`: powers of a thousand.
  public static func bytes(_ count: some BinaryInteger) -> String {
    guard count >= 1_000 else { return "\(count) bytes" }
    var tenths = (Int(count) + 50) / 100
    var unit = "kB"
    for larger in ["MB", "GB"] where tenths >= 10_000 {
      (tenths, unit) = ((tenths + 500) / 1_000, larger)
    }
    return "\(tenths / 10).\(tenths % 10) \(unit)"
  }

  /// RFC 3339 in UTC, to the second.
  ///
  /// - Parameter milliseconds: since 1970.
  public static func time(milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1_000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let year = String(Int(parts.tm_year) + 1_900)
    let zeros = String(repeating: "0", count: max(0, 4 - year.count))
    let day = "\(zeros)\(year)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    return "\(day)T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }
}
