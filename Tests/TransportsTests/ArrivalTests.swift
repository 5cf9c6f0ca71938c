import NIOCore
import NIOPosix
import Testing

@testable import Transports

extension DeadlineTests {
  struct ArrivalTests {
    /// Two ends of one connection.
    private func channels() async throws -> (ours: Channel, theirs: Channel) {
      let group = MultiThreadedEventLoopGroup.singleton
      let accepted = group.next().makePromise(of: Channel.self)
      let listener = try await ServerBootstrap(group: group)
        .childChannelOption(.autoRead, value: false)
        .childChannelInitializer { channel in
          accepted.succeed(channel)
          return channel.eventLoop.makeSucceededVoidFuture()
        }
        .bind(host: "127.0.0.1", port: 0).get()
      let theirs = try await ClientBootstrap(group: group)
        .connect(host: "127.0.0.1", port: listener.localAddress?.port ?? 0).get()
      let ours = try await accepted.futureResult.get()
      try await expectEventually { ours.isActive }
      try await listener.close()
      return (ours, theirs)
    }

    @Test func `a connection that closes as it is taken up is refused, and nothing else ends`()
      async throws
    {
      let (ours, theirs) = try await channels()
      let arrival = Arrival(ours)
      await #expect(throws: ChannelError.self) {
        try await ours.eventLoop.submit {
          // Its handlers leave it no sooner than after this.
          ours.close(promise: nil)
          _ = try arrival.open(silence: .seconds(60))
        }.get()
      }
      try await ours.closeFuture.get()
      theirs.close(promise: nil)
    }

    @Test func `a connection that nobody takes up is closed`() async throws {
      let (ours, theirs) = try await channels()
      do { _ = Arrival(ours) }
      try await ours.closeFuture.get()
      theirs.close(promise: nil)
    }
  }
}
