import Foundation
import Replication

/// Where a search index may lie.
struct SearchPlace {
  let file: URL
  /// Whether it goes with the search it was made for.
  let isTemporary: Bool

  /// The best place first: beside the library; where its medium cannot be written, in the state
  /// directory; and where that is full too, wherever there is room for now.
  static func all(besides file: URL, _ library: [UInt8], _ state: URL) -> [SearchPlace] {
    let name = "\(Hexadecimal.text(of: library.prefix(16))).\(SearchIndex.fileName)"
    let temporary = [
      FileManager.default.temporaryDirectory, URL(fileURLWithPath: "/dev/shm", isDirectory: true),
    ]
    return [
      SearchPlace(file: file, isTemporary: false),
      SearchPlace(file: state.appendingPathComponent(name), isTemporary: false),
    ]
      + temporary.map {
        SearchPlace(
          file: $0.appendingPathComponent("satchel-\(UUID().uuidString).sqlite"), isTemporary: true)
      }
  }
}
