import Coding
import Replication
import SyncSession
import TestSupport

/// Two replicas and the line between them, on which messages keep their order and may be late.
struct Dialogue {
  var left: Talker
  var right: Talker
  private var toLeft: [Message] = []
  private var toRight: [Message] = []
  private(set) var messageCount = 0
  private var generator: SeededGenerator

  init(_ left: Talker, _ right: Talker, seed: UInt64) {
    self.left = left
    self.right = right
    generator = SeededGenerator(seed: seed)
  }

  /// What may be asked of one session.
  struct Course {
    var leftGives = true
    var leftTakes = true
    var leftVersions = SessionVersions.current
    /// After how many steps the line is cut; nil leaves it whole.
    var cut: Int?
  }

  enum Fault: Error {
    /// Neither side has anything to do, and they are not done.
    case stuck
    case endless
  }

  /// Holds one session, left beginning, in an order the seed decides.
  mutating func hold(_ course: Course = Course()) throws {
    (toLeft, toRight, messageCount) = ([], [], 0)
    left.begin(
      .initiator, gives: course.leftGives, takes: course.leftTakes,
      versions: course.leftVersions)
    right.begin(.responder)
    // The hellos travel as bytes.
    try right.receive(Hello(bytes: left.session.hello.bytes))
    try left.receive(Hello(bytes: right.session.hello.bytes))
    for step in 0..<10_000 {
      if course.cut == step { return }
      if left.outcome != nil, right.outcome != nil { return }
      try act()
    }
    throw Fault.endless
  }

  /// One of the things that could happen next.
  private mutating func act() throws {
    var choices: [Int] = []
    if !left.jobs.isEmpty { choices += [0, 0] }
    if !right.jobs.isEmpty { choices += [1, 1] }
    if !toLeft.isEmpty { choices.append(2) }
    if !toRight.isEmpty { choices.append(3) }
    choices += [4, 5]
    guard choices.count > 2 else { throw Fault.stuck }
    let limit = Int.random(in: 1...5, using: &generator)
    switch choices[Int.random(in: 0..<choices.count, using: &generator)] {
    case 0: try send(left.work(frameLimit: limit), to: \.toRight)
    case 1: try send(right.work(frameLimit: limit), to: \.toLeft)
    case 2: try left.receive(toLeft.removeFirst())
    case 3: try right.receive(toRight.removeFirst())
    case 4: try left.commit()
    default: try right.commit()
    }
  }

  /// Messages travel as frames, and now and then one of a later version or a pulse is among them.
  private mutating func send(
    _ messages: [Message], to line: WritableKeyPath<Dialogue, [Message]>
  ) throws {
    for message in messages {
      if Int.random(in: 0..<8, using: &generator) == 0 { self[keyPath: line].append(.pulse) }
      if let read = try Message(message.frame()) { self[keyPath: line].append(read) }
      messageCount += 1
    }
  }
}
