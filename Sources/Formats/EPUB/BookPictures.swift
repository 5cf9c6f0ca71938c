import Articles
import Coding
import Files
import Replication

/// Gathers the pictures of a book: some are held, and all behind them are read when they are wanted.
struct BookPictures {
  private(set) var held: [ImageDraft] = []
  private(set) var stored: [StoredImage] = []
  private var references: Set<String> = []
  private var heldBytes = 0
  private let shelf: PictureShelf

  /// How many bytes of an article's pictures are held: few books have more.
  static let heldLimit = 8 << 20

  /// - Parameter book: the archive, which is opened once more for pictures that are not held.
  init(of book: PictureShelf) { shelf = book }

  /// Whether a picture was taken under that reference.
  func hold(_ reference: String) -> Bool { references.contains(reference) }

  mutating func take(_ bytes: [UInt8], _ reference: String, at place: FilePath) {
    references.insert(reference)
    guard heldBytes + bytes.count > BookPictures.heldLimit else {
      heldBytes += bytes.count
      held.append(ImageDraft(reference: reference, bytes: bytes))
      return
    }
    let hash = ContentHash(of: bytes)
    stored.append(
      StoredImage(reference: reference, hash: hash) { [shelf, name = place.text] in
        await shelf.contents(of: name)
      })
  }
}

/// The pictures in an archive, one read after the other.
actor PictureShelf {
  private let input: FormatInput
  private var files: [String: ExportFile]?

  init(_ input: FormatInput) { self.input = input }

  /// Nil if nothing that can be read lies there.
  func contents(of name: String) -> [UInt8]? {
    let files = files ?? open()
    self.files = files
    return try? files[name]?.contents(limit: PageFolder.fileSizeLimit)
  }

  private func open() -> [String: ExportFile] {
    let files = (try? ExportFiles(input).files) ?? []
    return Dictionary(files.map { ($0.name, $0) }) { first, _ in first }
  }
}
