import Coding
import LibraryStore
import NIOCore
import Replication
import Sealing
import SyncSession

/// A replica that is ready to hold sessions: what is the same over TCP, pipes and ssh.
package struct SessionHost: Sendable {
  let store: ReplicaStore
  let secret: LibrarySecret
  let now: @Sendable () -> Int64
  var versions = SessionVersions.current
  /// How long a connection may take to prove that it is a member's.
  var authentication = Duration.seconds(Limits.authenticationSeconds)
  /// How long a peer may say nothing.
  var silence = Duration.seconds(Limits.silenceSeconds)
  /// Whether what peers say of themselves is remembered; a dry run changes nothing.
  package var isRemembering = true
  /// Learns of each batch once it is committed.
  package var ledger: CommitLedger?

  /// - Parameter now: milliseconds since 1970.
  package init(
    _ store: ReplicaStore, secret: LibrarySecret, now: @escaping @Sendable () -> Int64
  ) {
    self.store = store
    self.secret = secret
    self.now = now
  }

  /// - Parameter line: what the connection runs over, by which it is remembered how it fares.
  func session(
    _ role: Session.Role, _ direction: SyncDirection = .both, over line: String
  ) async throws -> Session {
    Session(
      role, report: try await store.report(), gives: direction.gives, takes: direction.takes,
      versions: versions,
      longestFrame: try await store.longestFrame(over: line).map(LongestFrame.init) ?? .maximum)
  }

  func run(
    _ session: Session, _ hello: Hello, _ input: inout FrameInput,
    _ output: FrameOutput, over channel: Channel, line: String,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult {
    let run = SessionRun(
      session, store: store, now: now, pulse: silence / 3, isRemembering: isRemembering,
      ledger: ledger, progress: progress)
    let (result, failure) = await run.run(hello, &input, output, over: channel)
    let longest = session.hello.longestFrame.after(result, failure)
    if isRemembering, longest != session.hello.longestFrame {
      try await store.noteLongestFrame(
        longest == .maximum ? nil : longest.bytes, over: line, now: now())
    }
    if let failure { throw failure }
    // Nothing depends on it, and the journal of a first synchronization is long.
    if result.received.operations.new > 0 { try await store.checkpoint() }
    return result
  }
}

// In clear, where something else has proved who is who: over ssh.
extension SessionHost {
  /// The hellos travel in frames of their own.
  func runInClear(
    _ role: Session.Role, _ direction: SyncDirection, over connection: Connection,
    line: String? = nil, progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult {
    try await connection.executeThenClose { inbound, outbound in
      var (input, output) = (FrameInput(inbound), FrameOutput(outbound))
      // Who answers knows the line by who is at its other end.
      let caller = role == .responder ? try await helloInClear(from: &input) : nil
      let line = line ?? caller.map { "\($0.replica)" } ?? ""
      let session = try await session(role, direction, over: line)
      try await output.write(try Frame(.hello, payload: store.library + session.hello.bytes))
      let hello: Hello
      if let caller { hello = caller } else { hello = try await helloInClear(from: &input) }
      return try await run(
        session, hello, &input, output, over: connection.channel, line: line,
        progress: progress)
    }
  }

  private func helloInClear(from input: inout FrameInput) async throws -> Hello {
    guard let frame = try await input.firstInClear(), frame.kind == .hello,
      case let payload = try frame.payload(), payload.starts(with: store.library)
    else { throw ConnectionError.notAMember }
    return try Hello(bytes: Array(payload.dropFirst(store.library.count)))
  }
}

// Over TCP, with the hellos in the handshake (Protocol 8.8).
extension SessionHost {
  func runAsInitiator(
    _ direction: SyncDirection, over connection: Connection, line: String,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult {
    try await connection.sealed { inbound, outbound in
      var (input, output) = (FrameInput(inbound), FrameOutput(outbound))
      let deadline = connection.channel.deadline(authentication)
      defer { deadline.cancel() }
      let session = try await session(.initiator, direction, over: line)
      var handshake = handshake(.initiator)
      try await output.handshakeMessage(try handshake.writeMessage(payload: session.hello.bytes))
      let answer = try handshake.readMessage(
        try await input.handshakeMessage(atMost: SessionHost.maximumMessage))
      let ciphers = handshake.split()
      input.open(with: ciphers.receive)
      output.seal(with: ciphers.send)
      deadline.cancel()
      let hello = try Hello(bytes: answer)
      return try await run(
        session, hello, &input, output, over: connection.channel, line: line,
        progress: progress)
    }
  }

  /// Serves one connection. A stranger's first message fails before anything is said or looked up;
  /// a repeated one gets an answer that only its first sender could read, and nothing more.
  ///
  /// - Parameter moved: called as the peer proves more of itself.
  func runAsResponder(
    over connection: Connection, moved: @Sendable (Standing) async -> Void,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult {
    try await connection.sealed { inbound, outbound in
      var (input, output) = (FrameInput(inbound), FrameOutput(outbound))
      var handshake = handshake(.responder)
      let greeting = try handshake.readMessage(
        try await input.handshakeMessage(atMost: SessionHost.maximumMessage))
      await moved(.answered)
      let hello = try Hello(bytes: greeting)
      let line = "\(hello.replica)"
      let session = try await session(.responder, over: line)
      try await output.handshakeMessage(try handshake.writeMessage(payload: session.hello.bytes))
      let ciphers = handshake.split()
      input.open(with: ciphers.receive)
      output.seal(with: ciphers.send)
      try await input.waitForRecord()
      await moved(.member)
      return try await run(
        session, hello, &input, output, over: connection.channel, line: line,
        progress: progress)
    }
  }

  /// What a peer has proved.
  enum Standing {
    /// Its first message opens, which may be a repeated one.
    case answered
    /// A record opened: it is a member, and there now.
    case member
  }

  private func handshake(_ role: NoiseHandshake.Role) -> NoiseHandshake {
    NoiseHandshake(
      role: role, presharedKey: secret.noisePresharedKey, prologue: SessionHost.prologue)
  }

  static let prologue = Array("satchel session 1".utf8)
  /// An ephemeral key, a hello, and its tag.
  static let maximumMessage = 32 + Limits.helloBytes + 16
}

extension LongestFrame {
  /// What is wanted of a line after a session over it, and after what ended that early.
  fileprivate func after(_ result: SessionResult, _ failure: (any Error)?) -> LongestFrame {
    switch failure {
    case nil: ended(bringing: result.contentBytesRead)
    case let error as ConnectionError where error.isOfTheLine:
      broke(bringing: result.contentBytesRead, committing: result.received.bytes)
    default: self
    }
  }
}

extension ConnectionError {
  /// Whether the line is at fault, and not one of its ends.
  fileprivate var isOfTheLine: Bool {
    switch self {
    case .closed, .silent, .damaged: true
    default: false
    }
  }
}

extension Connection {
  /// Runs a body that makes a handshake; whoever fails it is no member.
  fileprivate func sealed<Result>(
    _ body: (
      NIOAsyncChannelInboundStream<ByteBuffer>, NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws -> Result
  ) async throws -> Result {
    do {
      return try await executeThenClose(body)
    } catch is NoiseError {
      throw ConnectionError.notAMember
    }
  }
}
