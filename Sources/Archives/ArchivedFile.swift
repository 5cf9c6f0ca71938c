/// A file in an archive.
package struct ArchivedFile: Sendable, Equatable {
  /// Its place in the archive.
  let number: UInt64
  /// With the folders around it.
  package let name: String
  /// How many bytes it is said to be, inflated.
  package let length: Int
}

extension ArchivedFile {
  /// Whether the name, taken for a path, stays in the folder that it is taken from: it is relative by
  /// every system's rules, and no part of it leads upwards.
  static func staysInside(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty, !name.utf8.contains(UInt8(ascii: "\\")) else {
      return false
    }
    let isDrive = first.count >= 2 && first.dropFirst().first == UInt8(ascii: ":")
    return !isDrive && !parts.contains { $0.elementsEqual("..".utf8) }
  }
}
