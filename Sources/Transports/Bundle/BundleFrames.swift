import Coding
import Replication

/// The frames of one file in their order, for who applies them: before the first is applied, all of
/// the file is checked (Protocol 3.8).
///
/// What was read before the check is not read again. Behind it the file is read a second time, and
/// each frame is handed on only if all up to its end is what was checked.
final class BundleFrames {
  let header: BundleHeader
  let headerDigest: ContentHash
  private var reader: BundleReader
  private let open: () throws(BundleError) -> BundleReader
  /// Whether only whole frames are asked for, and no signature.
  let isSalvaging: Bool
  /// Whether the rest of the file was read to its end, too.
  private(set) var isChecked = false
  /// What the first reading found behind each frame that is read again, and how many came before.
  private var digests: [ContentHash] = []
  private var firstChecked = 0

  /// - Parameter open: is called once more for a file that is read twice.
  init(_ open: @escaping () throws(BundleError) -> BundleReader) throws(BundleError) {
    self.open = open
    reader = try open()
    header = reader.header
    headerDigest = reader.headerDigest
    isSalvaging = false
  }

  /// The whole frames of a file that was cut: they end where the first fault is, and nothing more
  /// of it is checked.
  init(salvaging reader: BundleReader) {
    open = { reader }
    self.reader = reader
    header = reader.header
    headerDigest = reader.headerDigest
    isSalvaging = true
  }

  /// The next frame, and its number for errors, the header being 1; nil after the last.
  func next() throws(BundleError) -> (frame: Frame, number: Int)? {
    do throws(BundleError) {
      guard let frame = try digests.isEmpty ? reader.next() : again() else { return nil }
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
    firstChecked = reader.framesRead
    var digests = [reader.digest]
    while try reader.next() != nil { digests.append(reader.digest) }
    guard reader.isSigned == true else { throw .signatureRefused }
    guard firstChecked < header.frameCount else { return }
    self.digests = digests
    reader = try open()
    // The first digest is of all that is not read again.
    while reader.framesRead < firstChecked, try again() != nil {}
  }

  /// To be called after the last frame.
  func finish() throws(BundleError) {
    try check()
    if !isSalvaging { try reader.readToEnd() }
  }
}

extension BundleFrames {
  /// A frame of the second reading, once it is known to be the first's.
  private func again() throws(BundleError) -> Frame? {
    let changed = BundleError.changed(frame: reader.framesRead + 2, of: header.frameCount + 2)
    do throws(BundleError) {
      guard let frame = try reader.next() else {
        // The signature was read again, and may be another one.
        guard reader.isSigned == true else { throw changed }
        return nil
      }
      guard
        reader.framesRead < firstChecked
          || reader.digest == digests[reader.framesRead - firstChecked]
      else { throw changed }
      return frame
    } catch {
      // Whatever is wrong with it now was not when it was checked.
      if case .file = error { throw error }
      throw changed
    }
  }
}
