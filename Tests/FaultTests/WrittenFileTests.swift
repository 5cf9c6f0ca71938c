import Files
import SystemCalls
import TestSupport
import Testing

/// The one way to write a file that matters, and everything that can come between.
@Suite(.enabled(if: FileRecording.isPossible, "this needs Linux"))
struct WrittenFileTests {
  private static let old = [UInt8](repeating: 1, count: 3_000)
  private static let new = SeededGenerator.bytes(70_000, seed: 1)

  /// A folder with a file in it that may be replaced.
  private struct Desk {
    let folder: TemporaryFolder
    var place: FilePath { folder.path.appending("file") }

    init() throws {
      folder = try .inMemory()
      try OutputFile.write(WrittenFileTests.old, to: place, .owner, .replacing)
    }

    func write(_ placing: OutputFile.Placing) throws {
      let target = placing == .new ? folder.path.appending("other") : place
      let file = try OutputFile(target, .owner)
      for start in stride(from: 0, to: WrittenFileTests.new.count, by: 10_000) {
        try file.write(Array(WrittenFileTests.new[start..<start + 10_000]))
      }
      try file.commit(placing)
    }
  }

  @Test(arguments: [OutputFile.Placing.new, .replacing])
  func `after a cut anywhere, the old file is there or the new one, whole`(
    placing: OutputFile.Placing
  ) throws {
    let desk = try Desk()
    let start = try DiskImage(of: desk.folder.path)
    let recording = try FileRecording(desk.folder.path)
    try desk.write(placing)
    let events = recording.stop()
    var (disk, cuts, found) = (SimulatedDisk(start), 0, Set<[UInt8]?>())
    var generator = SeededGenerator(seed: 7)
    let name = placing == .new ? "other" : "file"
    let before = placing == .new ? nil : WrittenFileTests.old
    for event in events where event.isOfMedium {
      disk.apply(event)
      for cut in PowerCut.allCases {
        for _ in 0..<4 {
          let content = disk.image(after: cut, using: &generator).files[name]
          #expect(content == before || content == WrittenFileTests.new, "\(cut) after \(event)")
          found.insert(content)
          cuts += 1
        }
      }
    }
    #expect(cuts == (placing == .new ? 12 : 11) * PowerCut.allCases.count * 4)
    #expect(found == [before, WrittenFileTests.new])
    // What was told to be there is there.
    #expect(disk.isDurable)
    #expect(disk.image.files[name] == WrittenFileTests.new)
    #expect(disk.image.files.count == start.files.count + (placing == .new ? 1 : 0))
  }

  @Test(arguments: [OutputFile.Placing.new, .replacing])
  func `whichever call fails, the file is whole and nothing else is there`(
    placing: OutputFile.Placing
  ) throws {
    var attempts = 0
    for fault in SystemFault.all {
      var first = 0
      while true {
        let desk = try Desk()
        let recording = try FileRecording(desk.folder.path)
        recording.fail(fault, first: first)
        var error: FileError?
        do {
          try desk.write(placing)
        } catch let caught as FileError {
          error = caught
        }
        let calls = recording.heal()
        _ = recording.stop()
        let image = try DiskImage(of: desk.folder.path)
        let content = image.files[placing == .new ? "other" : "file"]
        let isOld = content == (placing == .new ? nil : WrittenFileTests.old)
        #expect(isOld || content == WrittenFileTests.new, "\(fault) at \(first)")
        // What was told to have failed is not there all the same; what it would replace may be gone.
        #expect(error == nil || isOld || placing == .replacing, "\(fault) at \(first)")
        #expect(error != nil || !isOld, "\(fault) at \(first)")
        #expect(error == nil || error?.code == fault.code, "\(fault) at \(first)")
        if fault.calls & CALL_REMOVE == 0 {
          #expect(
            image.files.keys.allSatisfy { $0 == "file" || $0 == "other" }, "\(fault) \(first)")
        }
        attempts += calls > first ? 1 : 0
        guard calls > first else { break }
        first += 1
      }
    }
    print("errors in writing a file: \(attempts)")
    #expect(attempts > 60)
  }
}
