import Foundation
import Testing

/// A synchronization that goes on while its page is looked at.
@Suite(.ownThreads, .inBrowser)
struct BrowserSyncStories {
  @Test func `A page hears of the end of a run that it shows, and loads itself anew`() throws {
    let world = try World()
    let a = try world.laptopWithSamples()
    let silent = try SilentServer(in: world)
    try a.run("remote", "add", "silent", silent.address).expect(0)
    let (page, browser) = (try a.web(), try Browser(in: world))
    try browser.open("\(try page.enter(browser))sync")
    try browser.click("form[action$='/sync'] button")
    try browser.wait("a run") { try browser.count("[data-syncing] #step") == 1 }
    // It waits for nothing but to be told.
    #expect(try browser.count("meta[http-equiv=refresh]") == 0)
    try browser.run("window.isOld = true")
    silent.process.end()
    try browser.wait("its end") { try browser.run("return !window.isOld") as? Bool == true }
    try browser.wait("its outcome") { try browser.words("main").contains("The sync failed.") }
    #expect(try browser.count("[data-syncing]") == 0)
  }
}

/// Another side that takes connections and says nothing, until it is ended.
private struct SilentServer {
  let process: Background
  let address: String

  init(in world: World) throws {
    let program = """
      import socket, time
      listener = socket.create_server(("127.0.0.1", 0))
      print(listener.getsockname()[1], flush=True)
      held = listener.accept()
      time.sleep(600)
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    let server = try world.start(process)
    try server.wait("a port") { server.output.contains("\n") }
    self.process = server
    address = "127.0.0.1:\(server.output.filter(\.isNumber))"
  }
}
