import Coding
import LibraryStore
import Testing

@testable import Transports

/// One file in two readings, where it is longer than what was kept of the first.
struct BundleFramesTests {
  private let fixture: BundleFixture

  init() async throws {
    fixture = try BundleFixture()
    let source = try await fixture.filled(1, articles: 40, bodyBytes: 40_000)
    try await fixture.pack(source, "whole.satchel")
    try await fixture.add(fixture.article(1, 99), body: fixture.bytes(100, seed: 99), to: source)
    try await fixture.pack(source, "later.satchel")
  }

  private func reader(_ name: String) throws(BundleError) -> BundleReader {
    try BundleReader(fixture.path(name), secret: fixture.secret)
  }

  /// Frames of files that are opened one after the other.
  private func frames(_ names: String...) throws -> BundleFrames {
    var rest = names[...]
    return try BundleFrames { () throws(BundleError) in
      try reader(rest.popFirst() ?? "opened too often")
    }
  }

  private func all(_ frames: BundleFrames, checkingAfter count: Int) throws -> [Frame] {
    var all: [Frame] = []
    while true {
      if all.count == count { try frames.check() }
      guard let next = try frames.next() else { break }
      #expect(next.number == all.count + 2)
      all.append(next.frame)
    }
    try frames.finish()
    return all
  }

  @Test func `what was read before the check is not read again`() throws {
    let expected = try all(frames("whole.satchel", "whole.satchel"), checkingAfter: 0)
    #expect(expected.count >= 3)
    for count in 1..<expected.count {
      #expect(
        try all(frames("whole.satchel", "whole.satchel"), checkingAfter: count) == expected)
    }
    // Of a file that was read to its end there is nothing to read again.
    #expect(try all(frames("whole.satchel"), checkingAfter: expected.count) == expected)
    #expect(try all(frames("whole.satchel"), checkingAfter: .max) == expected)
  }

  @Test func `another file in the second reading is refused`() throws {
    let frames = try frames("whole.satchel", "later.satchel")
    _ = try frames.next()
    let error = #expect(throws: BundleError.self) { try frames.check() }
    guard case .changed = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `no frame of another file is handed on in the second reading`() throws {
    // Whole frames in another order: each would be taken by itself.
    let whole = try fixture.read("whole.satchel")
    let reader = try reader("whole.satchel")
    var frames: [Frame] = []
    while let frame = try reader.next() { frames.append(frame) }
    // Twelve bytes come first, and the header's frame says its own length.
    var ends = [12 + Frame.headerLength + whole[16..<20].reduce(0) { $0 << 8 | Int($1) }]
    for frame in frames { ends.append(ends[ends.count - 1] + frame.length) }
    for kept in 0..<frames.count {
      let other = frames[kept == 0 ? 1 : 0]
      let forged = whole[..<ends[kept]] + other.header + other.stored + whole[ends[kept + 1]...]
      try fixture.write(forged, to: "forged.satchel")
      let second = try self.frames("whole.satchel", "forged.satchel")
      try second.check()
      var handedOn = 0
      let error = #expect(throws: BundleError.self) {
        while try second.next() != nil { handedOn += 1 }
      }
      #expect(handedOn == kept)
      guard case .changed(kept + 2, of: frames.count + 2) = error else {
        Issue.record("\(kept): \(String(describing: error))")
        continue
      }
    }
  }
}
