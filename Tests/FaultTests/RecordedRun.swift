import Files
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import LibraryStore
@testable import Satchel

/// A run of steps on a house's disk, with all that was done to its files.
struct RecordedRun: Sendable {
  let start: DiskImage
  let events: [FileEvent]
  let steps: [Step]
  /// What the library held before; nil where there was none.
  let beginning: LibraryDigest?
  private let notes: [Note]

  /// What marks among the events say.
  enum Note: Sendable {
    case began(Step)
    /// What the library holds from here on; nil where that could not be read.
    case committed(LibraryDigest?)
    case done(Step)
  }

  /// - Parameter start: what lies on the disk; without it, what a new house has.
  init(_ steps: [Step], in elsewhere: Elsewhere, from start: DiskImage? = nil) async throws {
    let folder = try TemporaryFolder.inMemory()
    let house = House(disk: folder.path.appending("disk"), elsewhere: elsewhere)
    try Folder.make(house.disk)
    if let start { try start.write(into: house.disk) } else { try await house.prepare() }
    self.start = try DiskImage(of: house.disk)
    self.steps = steps
    let recorder = Recorder(try FileRecording(house.disk))
    recorder.note(.began(.nothing))
    var opened: OpenedLibrary? = try await OpenedLibrary(house, recorder)
    let digest = try await opened?.digest
    beginning = self.start.holdsLibrary ? digest : nil
    recorder.note(.committed(digest))
    recorder.note(.done(.nothing))
    for step in steps {
      recorder.note(.began(step))
      if step.isBehindOpening {
        opened = nil
        opened = try await OpenedLibrary(house, recorder)
      }
      if let library = opened?.library { try await step.run(library, house, 0) }
      recorder.note(.done(step))
    }
    opened = nil
    (events, notes) = recorder.stop()
  }

  /// What a step began with.
  struct Beginning: Sendable {
    let step: Step
    /// What the library held; nil where there was none.
    let state: LibraryDigest?
    let image: DiskImage
  }

  var beginnings: [Beginning] {
    var (disk, state) = (SimulatedDisk(start), beginning)
    var beginnings: [Beginning] = []
    for event in events {
      disk.apply(event)
      guard case .marked(let number) = event else { continue }
      switch note(number) {
      case .began(let step):
        beginnings.append(Beginning(step: step, state: state, image: disk.image))
      case .committed(let digest): state = digest
      case .done, nil: break
      }
    }
    return beginnings
  }

  /// Of each event, the state that is committed next after it.
  var commitsAhead: [LibraryDigest?] {
    var (next, ahead) = (LibraryDigest?.none, [LibraryDigest?]())
    for event in events.reversed() {
      ahead.append(next)
      if case .marked(let number) = event, case .committed(let digest) = note(number) {
        next = digest
      }
    }
    return ahead.reversed()
  }

  func note(_ number: Int) -> Note? { notes.indices.contains(number) ? notes[number] : nil }
}

/// Records, and keeps what its marks say.
private final class Recorder: Sendable {
  private let recording: FileRecording
  private let notes = Mutex<[RecordedRun.Note]>([])

  init(_ recording: FileRecording) { self.recording = recording }

  func note(_ note: RecordedRun.Note) {
    notes.withLock {
      recording.mark($0.count)
      $0.append(note)
    }
  }

  func stop() -> ([FileEvent], [RecordedRun.Note]) { (recording.stop(), notes.withLock { $0 }) }
}

/// A library that is open, and whoever watches its commits.
private struct OpenedLibrary {
  let library: Library
  private let observer: CommitObserver

  init(_ house: House, _ recorder: Recorder) async throws {
    library = try await house.settle()
    observer = CommitObserver { recorder.note(.committed($0)) }
    await library.store.queue.add(transactionObserver: observer)
  }

  var digest: LibraryDigest {
    get async throws { try await LibraryDigest(of: library) }
  }
}
