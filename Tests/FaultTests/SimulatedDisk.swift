import Files

/// What a medium holds: what it was made to keep, and what was done since, of which a cut of the power
/// leaves some.
struct SimulatedDisk: Sendable {
  /// What is done to a file's bytes.
  struct Change: Sendable {
    let order: Int
    let kind: Kind

    enum Kind: Sendable {
      case write(at: Int, [UInt8])
      case length(Int)
    }
  }

  struct File: Sendable {
    /// What was flushed.
    var durable: [UInt8] = []
    var pending: [Change] = []
  }

  /// What is done to the names in a folder.
  struct NameChange: Sendable {
    let order: Int
    let folder: String
    let event: FileEvent
  }

  /// The names on a medium.
  struct Names: Sendable {
    var files: [String: Int] = [:]
    var folders: Set<String> = []
  }

  private(set) var files: [Int: File] = [:]
  private(set) var durableNames = Names()
  private(set) var pendingNames: [NameChange] = []
  /// As whoever looks sees them now.
  private(set) var names = Names()
  private var order = 0

  /// - Parameter folder: what lies in it is on the medium.
  init(_ image: DiskImage = DiskImage()) {
    names.folders = image.folders
    durableNames = names
    // Until they are opened they have numbers that no recording gives.
    for (index, (path, bytes)) in image.files.sorted(by: { $0.key < $1.key }).enumerated() {
      files[-1 - index] = File(durable: bytes)
      names.files[path] = -1 - index
    }
    durableNames = names
  }

  mutating func apply(_ event: FileEvent) {
    order += 1
    switch event {
    case .marked: return
    case .found(let number, let path): rename(path, to: number)
    case .created(let number, let path):
      files[number] = File()
      change(Folder.holding(path), event)
    case .wrote(let number, let place, let bytes):
      files[number]?.pending.append(Change(order: order, kind: .write(at: place, bytes)))
    case .truncated(let number, let length):
      files[number]?.pending.append(Change(order: order, kind: .length(length)))
    case .flushed(let number):
      files[number]?.flush()
    case .flushedFolder(let folder):
      for change in pendingNames where change.folder == folder { durableNames.apply(change.event) }
      pendingNames.removeAll { $0.folder == folder }
    case .renamed(_, let target), .linked(_, let target): change(Folder.holding(target), event)
    case .removed(let path), .madeFolder(let path), .removedFolder(let path):
      change(Folder.holding(path), event)
    }
  }

  /// A file that is on the medium from before gets the number that it has from here on.
  private mutating func rename(_ path: String, to number: Int) {
    guard let old = names.files[path], old < 0, let file = files.removeValue(forKey: old) else {
      return
    }
    files[number] = file
    for (path, other) in names.files where other == old { names.files[path] = number }
    for (path, other) in durableNames.files where other == old {
      durableNames.files[path] = number
    }
  }

  private mutating func change(_ folder: String, _ event: FileEvent) {
    names.apply(event)
    pendingNames.append(NameChange(order: order, folder: folder, event: event))
  }

  /// What a file holds, whether the medium has it or not.
  func content(of path: String) -> [UInt8]? {
    guard let number = names.files[path], let file = files[number] else { return nil }
    return file.pending.reduce(into: file.durable) { $1.apply(to: &$0) }
  }
}

extension SimulatedDisk.File {
  fileprivate mutating func flush() {
    for change in pending { change.apply(to: &durable) }
    pending = []
  }
}

extension SimulatedDisk.Change {
  /// Does it to a file's bytes; of what is written the first `limit` bytes alone.
  func apply(to file: inout [UInt8], limit: Int = .max) {
    switch kind {
    case .length(let length):
      if length <= file.count {
        file.removeLast(file.count - length)
      } else {
        file += [UInt8](repeating: 0, count: length - file.count)
      }
    case .write(let place, let bytes):
      let count = min(limit, bytes.count)
      if place + count > file.count {
        file += [UInt8](repeating: 0, count: place + count - file.count)
      }
      file.withUnsafeMutableBytes { file in
        bytes.withUnsafeBytes { bytes in
          UnsafeMutableRawBufferPointer(rebasing: file[place..<place + count])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
      }
    }
  }

  /// How many bytes it writes; 0 where it sets a length.
  var count: Int {
    guard case .write(_, let bytes) = kind else { return 0 }
    return bytes.count
  }
}

extension SimulatedDisk.Names {
  mutating func apply(_ event: FileEvent) {
    switch event {
    case .created(let number, let path): files[path] = number
    case .renamed(let path, let target): files[target] = files.removeValue(forKey: path)
    case .linked(let path, let target): files[target] = files[path]
    case .removed(let path): files[path] = nil
    case .madeFolder(let path): folders.insert(path)
    case .removedFolder(let path): folders.remove(path)
    case .found, .wrote, .truncated, .flushed, .flushedFolder, .marked: break
    }
  }
}

extension Folder {
  /// The path of the folder that holds a name; empty for the recorded folder itself.
  static func holding(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}
