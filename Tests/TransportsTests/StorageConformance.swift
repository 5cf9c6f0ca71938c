import Files
import TestSupport
import Testing

@testable import Transports

/// What every storage keeps (``Storage``). Another one is added to ``StorageKind``.
struct StorageConformance {
  private let folder: TemporaryFolder
  private static let home: FilePath = "library"

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A storage that is ready to be written in.
  private func storage(_ kind: StorageKind) async throws -> any Storage {
    let storage = try kind.storage(in: folder)
    try await storage.prepare(StorageConformance.home, for: "writer")
    return storage
  }

  private func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    // A piece of an odd length, over and over: a byte at a time takes seconds.
    let piece = (0..<4_099).map { _ in UInt8.random(in: 0...255, using: &generator) }
    var bytes: [UInt8] = []
    while bytes.count < count { bytes += piece.prefix(count - bytes.count) }
    return bytes
  }

  @Test(arguments: StorageKind.allCases)
  func `where nothing was written nothing is listed`(kind: StorageKind) async throws {
    let storage = try kind.storage(in: folder)
    #expect(try await storage.names(in: "library").isEmpty)
    try await storage.prepare(StorageConformance.home, for: "writer")
    #expect(try await storage.names(in: "library").isEmpty)
  }

  @Test(arguments: StorageKind.allCases)
  func `what is committed and flushed is listed with its length and reads back`(
    kind: StorageKind
  ) async throws {
    let storage = try await storage(kind)
    let sizes = [0, 1, 1_000, 400_000]
    for (index, size) in sizes.enumerated() {
      let bytes = bytes(size, seed: UInt64(index))
      let file = try storage.create(in: StorageConformance.home, for: "writer")
      for start in stride(from: 0, to: size, by: 70_000) {
        try file.write(Array(bytes[start..<min(start + 70_000, size)]))
      }
      #expect(file.length == size)
      try file.commit(as: StorageConformance.home.appending("\(index).satchel"))
    }
    try await storage.flush()
    let expected = sizes.enumerated().map { index, size in
      StoredFile(name: StorageConformance.home.appending("\(index).satchel"), length: size)
    }
    let listed = try await storage.list("library") { _ in true }
    #expect(Set(listed) == Set(expected))
    for (index, size) in sizes.enumerated() {
      let name = StorageConformance.home.appending("\(index).satchel")
      let expected = bytes(size, seed: UInt64(index))
      #expect(try await storage.contents(of: name) == expected)
    }
  }

  @Test(arguments: StorageKind.allCases)
  func `files in folders that matter are listed, and those of other libraries are not`(
    kind: StorageKind
  ) async throws {
    let storage = try await storage(kind)
    for (number, folder) in (["library/replica", "library/other", "foreign"] as [FilePath])
      .enumerated()
    {
      try await storage.prepare(folder, for: "writer")
      try await storage.put([UInt8(number)], in: folder, as: "a")
    }
    try await storage.put([3], in: StorageConformance.home, as: "a")
    let names = try await storage.list("library") { $0 == "replica" }.map(\.name)
    #expect(names.contains("library/a"))
    #expect(names.contains("library/replica/a"))
    #expect(!names.contains("foreign/a"))
    #expect(
      try await storage.names(in: "library") == [
        "library/a", "library/other/a", "library/replica/a",
      ])
  }

  @Test(arguments: StorageKind.allCases)
  func `a file that is not committed leaves nothing`(kind: StorageKind) async throws {
    let storage = try await storage(kind)
    do {
      let file = try storage.create(in: StorageConformance.home, for: "writer")
      try file.write([1, 2, 3])
      #expect(!(try await storage.names(in: "library")).contains { $0.hasSuffix(".satchel") })
    }
    try await storage.flush()
    #expect(try await storage.names(in: "library").isEmpty)
  }

  @Test(arguments: StorageKind.allCases)
  func `a writer that comes again begins anew, and no other writer's file goes`(
    kind: StorageKind
  ) async throws {
    let storage = try await storage(kind)
    let interrupted = try storage.create(in: StorageConformance.home, for: "one")
    try interrupted.write([1])
    let other = try storage.create(in: StorageConformance.home, for: "two")
    try other.write([2])
    try await storage.prepare(StorageConformance.home, for: "one")
    try other.commit(as: "library/b")
    try await storage.flush()
    // Unfinished files have temporary names, where they have any.
    let names = try await storage.names(in: "library").filter { !$0.hasSuffix(".tmp") }
    #expect(names == ["library/b"])
    #expect(try await storage.contents(of: "library/b") == [2])
    withExtendedLifetime(interrupted) {}
  }

  @Test(arguments: StorageKind.allCases)
  func `nothing is ever overwritten`(kind: StorageKind) async throws {
    let storage = try await storage(kind)
    try await storage.put([1], in: StorageConformance.home, as: "a")
    await #expect {
      try await storage.put([2, 2], in: StorageConformance.home, as: "a")
    } throws: {
      ($0 as? FileError)?.problem == .taken
    }
    #expect(try await storage.contents(of: "library/a") == [1])
    // The writer begins anew, and others are not in its way.
    try await storage.prepare(StorageConformance.home, for: "writer")
    try await storage.put([3], in: StorageConformance.home, as: "b")
    #expect(try await storage.names(in: "library") == ["library/a", "library/b"])
  }

  @Test(arguments: StorageKind.allCases)
  func `many are read at once in their order, as often as one likes`(
    kind: StorageKind
  ) async throws {
    let storage = try await storage(kind)
    for number in UInt8(0)..<6 {
      try await storage.put(
        [number], in: StorageConformance.home, as: #require(FilePath.Component("\(number)")))
    }
    let numbers = (UInt8(0)..<6).reversed()
    let files = try await storage.read(
      numbers.map { StorageConformance.home.appending("\($0)") })
    for _ in 0..<2 {
      for (number, file) in zip(numbers, files) {
        let reader = try file.open()
        #expect(reader.length == 1)
        #expect(try reader.read(upTo: 10) == [number])
        #expect(try reader.read(upTo: 10).isEmpty)
      }
    }
  }

  @Test(arguments: StorageKind.allCases)
  func `a file that is not there is told when it is opened, and keeps no other back`(
    kind: StorageKind
  ) async throws {
    let storage = try await storage(kind)
    try await storage.put([1], in: StorageConformance.home, as: "a")
    let files = try await storage.read(["library/none", "library/a"])
    #expect {
      _ = try files[0].open()
    } throws: {
      ($0 as? FileError)?.isMissing == true
    }
    #expect(try files[1].open().read(upTo: 10) == [1])
  }

  @Test(arguments: StorageKind.allCases)
  func `what is deleted is gone, and what is not there is no error`(
    kind: StorageKind
  ) async throws {
    let storage = try await storage(kind)
    for name in ["a", "b", "c"] as [FilePath.Component] {
      try await storage.put([1], in: StorageConformance.home, as: name)
    }
    try await storage.delete(
      ["library/a", "library/none", "library/c"])
    #expect(try await storage.names(in: "library") == ["library/b"])
    // A name is free again.
    try await storage.put([2], in: StorageConformance.home, as: "a")
    #expect(try await storage.contents(of: "library/a") == [2])
  }

  @Test(arguments: StorageKind.allCases)
  func `every name has a path of its own`(kind: StorageKind) async throws {
    let storage = try kind.storage(in: folder)
    let names: [FilePath] = ["library/a", "library/b", "library/replica/a"]
    #expect(Set(names.map(storage.path)).count == names.count)
  }
}
