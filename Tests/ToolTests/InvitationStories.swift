import Foundation
import Testing

/// The library's key must not lie about.
@Suite(.ownThreads)
struct InvitationStories {
  @Test func `An invitation beside bundles is told of by all that look there`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let stranger = try world.laptopWithSamples("stranger")
    let stick = try world.makeFolder("stick")
    try stranger.run("invite", "--file", "\(stick)/other").expect(0)
    let quiet = try a.run("bundle", "create", stick).expect(0)
    #expect(quiet.messages.isEmpty, "another library's: \(quiet)")

    let written = try a.run("invite", "--file", "\(stick)/invitation").expect(0)
    #expect(written.messages.contains("hand it over another way"), "\(written)")
    for command in [["bundle", "create", stick], ["merge", stick], ["sync", stick]] {
      let result = try ToolResult(a.process(command), input: nil).expect(0)
      #expect(
        result.messages.contains("stick/invitation is an invitation to this library"), "\(result)")
      #expect(!result.messages.contains("stick/other"), "\(result)")
    }
  }
}
