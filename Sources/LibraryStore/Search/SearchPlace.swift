import Files
import Replication

/// Where a search index may lie.
struct SearchPlace {
  let file: FilePath
  /// Whether it goes with the search it was made for.
  let isTemporary: Bool

  /// The best place first: beside the library; where its medium cannot be written, in the state
  /// directory; and where that is full too, wherever there is room for now.
  static func all(besides file: FilePath, _ library: [UInt8], _ state: FilePath) -> [SearchPlace] {
    let name = "\(Hexadecimal.text(of: library.prefix(16))).\(SearchIndex.fileName)"
    let temporary = [FilePath.variable("TMPDIR") ?? "/tmp", "/dev/shm"]
    return [
      SearchPlace(file: file, isTemporary: false),
      SearchPlace(file: state.appending(name), isTemporary: false),
    ]
      + temporary.map {
        SearchPlace(
          file: $0.appending("satchel-\(UInt64.random(in: 0...UInt64.max)).sqlite"),
          isTemporary: true)
      }
  }
}
