import Files
import GRDB

/// The connections that only read. Each sees the library as it was when its read began, whoever
/// writes meanwhile.
///
/// One is opened where all others are busy, up to a number; past it, a read waits at the connection
/// that has the fewest.
actor ReaderPool {
  private let file: FilePath
  private let options: ReplicaStore.Options
  private var entries: [Entry] = []

  private struct Entry {
    let reader: Reader
    /// How many read there or wait for it.
    var count = 1
  }

  init(_ file: FilePath, _ options: ReplicaStore.Options) {
    self.file = file
    self.options = options
  }

  var openCount: Int { entries.count }

  nonisolated func read<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws(StoreError) -> Result {
    let reader = try await take()
    let result = await reader.read(body)
    await giveBack(reader)
    return try result.get()
  }

  private func take() throws(StoreError) -> Reader {
    if let index = entries.indices.min(by: { entries[$0].count < entries[$1].count }),
      entries[index].count == 0 || entries.count >= options.maximumReaders
    {
      entries[index].count += 1
      return entries[index].reader
    }
    let reader = try Reader(file, busyTimeoutMilliseconds: options.busyTimeoutMilliseconds)
    entries.append(Entry(reader: reader))
    return reader
  }

  private func giveBack(_ reader: Reader) {
    guard let index = entries.firstIndex(where: { $0.reader === reader }) else { return }
    entries[index].count -= 1
  }
}

/// One connection that only reads.
private actor Reader {
  private let queue: DatabaseQueue
  private let busyTimeoutMilliseconds: Int

  init(_ file: FilePath, busyTimeoutMilliseconds: Int) throws(StoreError) {
    self.busyTimeoutMilliseconds = busyTimeoutMilliseconds
    queue = try StoreError.wrapping(busyTimeoutMilliseconds: busyTimeoutMilliseconds) {
      try DatabaseQueue.readingOnly(file, waiting: busyTimeoutMilliseconds)
    }
  }

  func read<Success>(
    _ body: @Sendable (Database) throws -> Success
  ) -> Result<Success, StoreError> {
    Result { () throws(StoreError) in
      try StoreError.wrapping(busyTimeoutMilliseconds: busyTimeoutMilliseconds) {
        try queue.snapshot(body)
      }
    }
  }
}
