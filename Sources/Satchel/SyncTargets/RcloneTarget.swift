import Files
import Transports

/// A place that the user's own rclone reaches: `rclone:REMOTE:PATH`.
struct RcloneTarget: StorageTarget {
  /// As rclone has it: `REMOTE:PATH`.
  let place: String

  /// Reads `rclone:REMOTE:PATH`. `rclone:7282` is a host of that name.
  init?(reading text: String) throws(LibraryError) {
    guard text.hasPrefix("rclone:") else { return nil }
    let place = String(text.dropFirst("rclone:".count))
    guard !place.allSatisfy(\.isNumber) || place.isEmpty else { return nil }
    // Without a colon it would be a folder of this machine to rclone.
    guard !place.isEmpty, place.dropFirst().contains(":"), !place.hasPrefix("-"),
      !PathText.holdsEscapes(place), !place.contains(where: \.isNewline)
    else {
      throw .invalid(
        """
        \(PathText.shown(text)): a place that rclone reaches is rclone:REMOTE:PATH; rclone listremotes \
        has the remotes, and ./\(PathText.shown(text)) is a folder
        """)
    }
    self.place = place
  }

  var description: String { "rclone:\(place)" }

  var storage: any Storage { RcloneStorage(place) }

  /// Whether it is there is known once it is asked.
  func open() throws(FileError) -> any Storage { storage }

  /// They can be listed, but a store is not to be asked whenever somebody looks: it counts requests,
  /// and may allow few.
  func files(of library: Library) async -> [FilePath: Int]? { nil }
}
