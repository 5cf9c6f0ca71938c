import Coding
import Replication

/// The frames of one file in their order, for who applies them: before the first is applied, all of
/// the file is checked (Protocol 3.8).
///
/// What was read before the check is not read again. Behind it the file is read a second time.
final class BundleFrames {
  let header: BundleHeader
  private var reader: BundleReader
  var headerHash: ContentHash { reader.headerHash }
  private let open: () throws(BundleError) -> BundleReader
  /// Whether only whole frames are asked for, and no signature.
  let isSalvaging: Bool
  /// Whether the rest of the file was read to its end, too.
  private(set) var isChecked = false

  /// - Parameter open: is called once more for a file that is read twice.
  init(_ open: @escaping () throws(BundleError) -> BundleReader) throws(BundleError) {
    self.open = open
    reader = try open()
    header = reader.header
    isSalvaging = false
  }

  /// The whole frames of a file that was cut: they end where the first fault is, and nothing more
  /// of it is checked.
  init(salvaging reader: BundleReader) {
    open = { reader }
    self.reader = reader
    header = reader.header
    isSalvaging = true
  }

  /// The next frame, and its number for errors, the header being 1; nil after the last.
  func next() throws(BundleError) -> (frame: Frame, number: Int)? {
    do {
      guard let frame = try reader.next() else { return nil }
      return (frame, reader.framesRead + 1)
    } catch {
      guard isSalvaging, error.leavesWholeFrames else { throw error }
      return nil
    }
  }

  /// Reads what was not read yet, and goes on behind what was. To be called before anything is
  /// applied; later calls do nothing.
  func check() throws(BundleError) {
    guard !isChecked else { return }
    isChecked = true
    guard !isSalvaging else { return }
    let taken = reader.framesRead
    try reader.readToEnd()
    guard taken < header.frameCount else { return }
    reader = try open()
    guard reader.header == header else {
      throw .malformed("the file changed while it was read")
    }
    for _ in 0..<taken { _ = try reader.next() }
  }

  /// To be called after the last frame: a file that was read twice may have changed in between.
  func finish() throws(BundleError) {
    try check()
    if !isSalvaging { try reader.readToEnd() }
  }
}
