import Files
import Foundation
import StorageSupport
import Transports

@testable import Satchel

/// A place with files as a machine finds it at one moment, in whatever state the net is.
struct SimulatedPlace: StorageTarget {
  private let weathered: WeatheredStorage

  init(_ storage: MemoryStorage, _ weather: WeatheredStorage.Weather) {
    weathered = WeatheredStorage(storage: storage, weather: weather)
  }

  /// No text names one.
  init?(reading text: String) { nil }

  var description: String { "simulated" }
  var storage: any Storage { weathered }
  func open() throws(FileError) -> any Storage { weathered }
}

/// A storage that hides what is new, and refuses some of what is asked of it.
struct WeatheredStorage: Storage {
  fileprivate let storage: MemoryStorage
  fileprivate let weather: Weather

  struct Weather: Sendable {
    /// The files that can be seen by now; nil for all.
    var visible: Set<FilePath>?
    /// The writer whose own files are always seen.
    var writer = ""
    var refusesReading = false
    var refusesWriting = false
    var refusesDeleting = false
    var isNear = true

    /// Whether all goes well.
    var isFine: Bool { !(refusesReading || refusesWriting) }
  }

  func list(
    _ folder: FilePath, entering isEntered: @Sendable (FilePath.Component) -> Bool
  ) async throws(FileError) -> [StoredFile] {
    let files = try await storage.list(folder, entering: isEntered)
    guard let visible = weather.visible else { return files }
    return files.filter {
      visible.contains($0.name) || $0.name.string.contains(weather.writer)
    }
  }

  func read(_ names: [FilePath]) async throws(FileError) -> [any ReadableFile] {
    guard !weather.refusesReading else { throw refusal }
    return try await storage.read(names)
  }

  func prepare(_ folder: FilePath, for writer: String) async throws(FileError) {
    try await storage.prepare(folder, for: writer)
  }

  func create(in folder: FilePath, for writer: String) throws(FileError) -> any NewFile {
    guard !weather.refusesWriting else { throw refusal }
    return try storage.create(in: folder, for: writer)
  }

  func flush() async throws(FileError) { try await storage.flush() }

  func delete(_ names: [FilePath]) async throws(FileError) {
    guard !weather.refusesDeleting else { throw refusal }
    try await storage.delete(names)
  }

  func path(of name: FilePath) -> FilePath { storage.path(of: name) }

  var isNear: Bool { weather.isNear }

  private var refusal: FileError {
    FileError(storage.path(of: FilePath()), .store(.unreachable, "nobody answers"))
  }
}
