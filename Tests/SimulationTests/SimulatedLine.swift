import Coding
import LibraryStore
import Replication
import SyncSession
import Synchronization
import TestSupport

@testable import Satchel
@testable import Transports

/// A replica at the other end of a line that is not there: the real session, stores and records, and
/// bytes that one task carries, in an order that a seed decides.
struct SimulatedLine: SessionTarget {
  let responder: Library
  let weather: Weather
  let log: LineLog

  /// What a line does to what goes over it.
  struct Weather: Sendable {
    var seed: UInt64
    /// Whether what goes is sealed as over TCP; else it is clear, as through ssh.
    var isSealed = true
    /// After how many bytes it breaks; nil for never.
    var cut: Int?
    /// Of how many writes one is lost, comes twice, too late or changed; only where it is sealed. 0 for
    /// none.
    var faultEvery = 0
    var fault: Scenario.Fault?
  }

  init(_ responder: Library, _ weather: Weather, _ log: LineLog) {
    (self.responder, self.weather, self.log) = (responder, weather, log)
  }

  /// No text names one.
  init?(reading text: String) { nil }

  var description: String { "simulated" }

  func session(
    _ host: SessionHost, _ direction: SyncDirection, asksNothing: Bool,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult {
    let other = responder.sessionHost
    try await other.store.ensureIdentity(now: other.now())
    try await other.store.settleKeeping(now: other.now())
    var call = Call(
      LineEnd(host, try await host.session(.initiator, direction, over: description), weather),
      LineEnd(other, try await other.session(.responder, over: description), weather), weather)
    try call.greet(host.secret.noisePresharedKey)
    do {
      try await call.hold()
    } catch {
      log.note(call)
      throw error
    }
    log.note(call)
    if let failure = call.ends[0].failure { throw failure }
    return call.ends[0].result
  }
}

/// What became of a session over a line.
final class LineLog: Sendable {
  private let state = Mutex(Summary())

  struct Summary: Sendable {
    var bytes = 0
    var isCut = false
    var faults = 0
    var isAudited = false
    /// What ended each side, in words; empty for one that came to its end.
    var failures = ["", ""]
  }

  var summary: Summary { state.withLock { $0 } }

  fileprivate func note(_ call: Call) {
    state.withLock {
      $0.bytes = call.carried
      $0.isCut = call.isCut
      $0.faults = call.faults
      $0.isAudited = call.ends.contains { $0.result.outcome?.audited == true }
      $0.failures = call.ends.map { end in end.failure.map { "\($0)" } ?? "" }
    }
  }
}

/// One session, from its first byte to its last.
private struct Call {
  /// Who began, and who answers.
  var ends: [LineEnd]
  private(set) var carried = 0
  private(set) var isCut = false
  private(set) var faults = 0
  /// What is under way to each end.
  private var ways: [[UInt8]] = [[], []]
  /// What is late on its way to each end.
  private var late: [[UInt8]] = [[], []]
  /// Whether nothing more is sent to an end.
  private var isEnded = [false, false]
  private let weather: SimulatedLine.Weather
  private var generator: SeededGenerator

  init(_ initiator: LineEnd, _ responder: LineEnd, _ weather: SimulatedLine.Weather) {
    ends = [initiator, responder]
    self.weather = weather
    generator = SeededGenerator(seed: weather.seed)
  }

  /// The hellos: in the handshake where the line is sealed, else as they are.
  mutating func greet(_ key: [UInt8]) throws {
    let hellos = ends.map(\.session.hello)
    if weather.isSealed {
      try LineEnd.shakeHands(&ends, key, using: &generator)
    }
    for (end, hello) in zip(ends.indices, hellos.reversed()) {
      carried += hello.bytes.count
      ends[end].receive(hello)
    }
  }

  mutating func hold() async throws {
    for _ in 0..<100_000 {
      if let cut = weather.cut, carried >= cut { hangUp() }
      let choices = choices()
      guard let choice = choices.randomElement(using: &generator) else { break }
      try await act(choice)
    }
    for end in ends.indices { try await ends[end].finish() }
    guard isCut || ends.allSatisfy({ $0.isOver || $0.failure != nil }) else {
      throw Violation(.sessionsEnd, "neither side has anything to do, and they are not done")
    }
  }

  private enum Action {
    case work(Int)
    case commit(Int)
    case send(Int)
    case carry(Int)
    case end(Int)
  }

  /// What could happen next.
  private func choices() -> [Action] {
    ends.indices.flatMap { end in
      var choices: [Action] = []
      if ends[end].hasWork { choices += [.work(end), .work(end)] }
      if ends[end].hasBatch { choices.append(.commit(end)) }
      if ends[end].hasOutput, !isCut { choices.append(.send(end)) }
      if !ways[end].isEmpty {
        choices += [.carry(end), .carry(end)]
      } else if isEnded[end], ends[end].isListening, !ends[end].hasWork {
        choices.append(.end(end))
      }
      return choices
    }
  }

  private mutating func act(_ action: Action) async throws {
    switch action {
    case .work(let end): try await ends[end].work()
    case .commit(let end): try await ends[end].commit()
    case .send(let end):
      if let bytes = try await ends[end].nextBytes() {
        if !isEnded[1 - end] { put(bytes, towards: 1 - end) }
      } else if ends[end].isDone {
        ways[1 - end] += late[1 - end]
        isEnded[1 - end] = true
      }
    case .carry(let end):
      var count = ways[end].count
      if Bool.random(using: &generator) {
        count = .random(in: 1...min(count, 4_000), using: &generator)
      }
      if let cut = weather.cut { count = max(1, min(count, cut - carried)) }
      carried += count
      ends[end].receive(ways[end].prefix(count))
      ways[end].removeFirst(count)
    case .end(let end): ends[end].hearEnd()
    }
  }

  private mutating func put(_ bytes: [UInt8], towards end: Int) {
    guard weather.isSealed, weather.faultEvery > 0,
      Int.random(in: 0..<weather.faultEvery, using: &generator) == 0
    else {
      ways[end] += bytes + late[end]
      late[end] = []
      return
    }
    faults += 1
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: break
    case 1: ways[end] += bytes + bytes
    case 2: late[end] = bytes
    default:
      var changed = bytes
      let index = Int.random(in: bytes.indices, using: &generator)
      changed[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      ways[end] += changed
    }
  }

  private mutating func hangUp() {
    guard !isCut else { return }
    isCut = true
    (ways, isEnded) = ([[], []], [true, true])
  }
}
