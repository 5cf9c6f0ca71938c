import Coding
import LibraryStore
import NIOCore
import Replication
import Sealing
import SyncSession

/// A replica that is ready to hold sessions: what is the same over TCP, pipes and ssh.
public struct SessionHost: Sendable {
  let store: ReplicaStore
  let secret: LibrarySecret
  let now: @Sendable () -> Int64
  var versions = SessionVersions.current
  /// How long a connection may take to prove that it is a member's.
  var authentication = Duration.seconds(Limits.authenticationSeconds)
  /// How long a peer may say nothing.
  var silence = Duration.seconds(Limits.silenceSeconds)
  /// Whether what peers say of themselves is remembered; a rehearsal changes nothing.
  public var isRemembering = true
  /// Learns of each batch once it is committed.
  public var ledger: CommitLedger?

  /// - Parameter now: milliseconds since 1970.
  public init(
    _ store: ReplicaStore, secret: LibrarySecret, now: @escaping @Sendable () -> Int64
  ) {
    self.store = store
    self.secret = secret
    self.now = now
  }

  func session(
    _ role: Session.Role, _ direction: SyncDirection = .both
  ) async throws -> Session {
    Session(
      role, report: try await store.report(), gives: direction.gives, takes: direction.takes,
      versions: versions)
  }

  func run(
    _ session: Session, _ hello: Hello, _ input: inout FrameInput,
    _ output: FrameOutput, over channel: Channel,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult {
    let run = SessionRun(
      session, store: store, now: now, pulse: silence / 3, isRemembering: isRemembering,
      ledger: ledger, progress: progress)
    let result = try await run.run(hello, &input, output, over: channel)
    // Nothing depends on it, and the journal of a first synchronisation is long.
    if result.received.operations.new > 0 { try await store.checkpoint() }
    return result
  }
}

// In clear, where something else has proved who is who: over ssh.
extension SessionHost {
  /// The hellos travel in frames of their own.
  func runInClear(
    _ role: Session.Role, _ direction: SyncDirection, over connection: Connection,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult {
    try await connection.executeThenClose { inbound, outbound in
      var (input, output) = (FrameInput(inbound), FrameOutput(outbound))
      let session = try await session(role, direction)
      let library = Array(store.library)
      try await output.write(try Frame(.hello, payload: library + session.hello.bytes))
      guard let frame = try await input.firstInClear(), frame.kind == .hello,
        case let payload = try frame.payload(), payload.starts(with: library)
      else { throw ConnectionError.notAMember }
      let hello = try Hello(bytes: Array(payload.dropFirst(library.count)))
      return try await run(
        session, hello, &input, output, over: connection.channel, progress: progress)
    }
  }
}

// Over TCP, with the hellos in the handshake (Protocol 8.8).
extension SessionHost {
  func runAsInitiator(
    _ direction: SyncDirection, over connection: Connection,
    progress: @escaping @Sendable (SessionProgress) -> Void
  ) async throws -> SessionResult {
    try await connection.sealed { inbound, outbound in
      var (input, output) = (FrameInput(inbound), FrameOutput(outbound))
      let deadline = connection.channel.deadline(authentication)
      defer { deadline.cancel() }
      let session = try await session(.initiator, direction)
      var handshake = handshake(.initiator)
      try await output.handshakeMessage(try handshake.writeMessage(payload: session.hello.bytes))
      let answer = try handshake.readMessage(
        try await input.handshakeMessage(atMost: SessionHost.greatestMessage))
      let ciphers = handshake.split()
      input.open(with: ciphers.receive)
      output.seal(with: ciphers.send)
      deadline.cancel()
      let hello = try Hello(bytes: answer)
      return try await run(
        session, hello, &input, output, over: connection.channel, progress: progress)
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
        try await input.handshakeMessage(atMost: SessionHost.greatestMessage))
      await moved(.answered)
      let hello = try Hello(bytes: greeting)
      let session = try await session(.responder)
      try await output.handshakeMessage(try handshake.writeMessage(payload: session.hello.bytes))
      let ciphers = handshake.split()
      input.open(with: ciphers.receive)
      output.seal(with: ciphers.send)
      try await input.waitForRecord()
      await moved(.member)
      return try await run(
        session, hello, &input, output, over: connection.channel, progress: progress)
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
  static let greatestMessage = 32 + Limits.helloBytes + 16
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
