#if os(Linux)
  import Foundation
  import Testing

  /// `satchel sync ssh://…` at a terminal, with the real ssh: what it asks is answered there, and
  /// none of it is left behind.
  @Suite(.ownThreads)
  struct SSHTerminalStories {
    @Test(.enabled(if: Login.isPossible, "there is no sshd here"))
    func `ssh asks for a host's key and a passphrase, and gets them`() throws {
      let world = try World()
      let a = try world.laptopWithSamples()
      let there = try Login(in: world)
      let library = try there.joined(to: a)
      let sync = try there.sync(a, library)
      try sync.wait(for: "Are you sure you want to continue connecting")
      sync.type("yes\n")
      try sync.wait(for: "Enter passphrase for key")
      sync.type("a cup of tea\n")
      #expect(try sync.exitCode() == 0, "\(sync.shown)")
      #expect(sync.shown.contains("sent 145 operations and 17 bodies"), "\(sync.shown)")
      #expect(try a.fingerprint() == library.fingerprint())
      try world.expectNoProcess("ssh-id")

      let refused = try there.sync(a, library)
      for _ in 0..<3 {
        try refused.wait(for: "Enter passphrase for key")
        refused.type("coffee\n")
      }
      #expect(try refused.exitCode() == 17)
      #expect(refused.shown.contains("Permission denied"), "\(refused.shown)")
    }

    @Test(.enabled(if: Login.canHavePassword, "only the superuser can give somebody a password"))
    func `ssh asks for a password, and gets it`() throws {
      let world = try World()
      let a = try world.laptopWithSamples()
      let there = try Login(in: world, isKnown: true, asksForPassword: true)
      let library = try there.joined(to: a)
      let sync = try there.sync(a, library)
      try sync.wait(for: "password:")
      sync.type("coffee\n")
      try sync.wait(for: "password:")
      sync.type("green tea\n")
      #expect(try sync.exitCode() == 0, "\(sync.shown)")
      #expect(try a.fingerprint() == library.fingerprint())
      #expect(!sync.shown.contains("tea\r"), "\(sync.shown)")
    }

    @Test(
      .enabled(if: Login.isPossible, "there is no sshd here"), arguments: [SIGINT, SIGTERM, SIGHUP])
    func `What is interrupted while ssh asks leaves no ssh and a terminal that echoes`(
      number: Int32
    ) throws {
      let world = try World()
      let a = try world.laptopWithSamples()
      let there = try Login(in: world, isKnown: true)
      let sync = try there.sync(a, try there.joined(to: a))
      try sync.wait(for: "Enter passphrase for key")
      #expect(!sync.echoes)
      if number == SIGINT { sync.type("\u{3}") } else { sync.signal(number) }
      #expect(try sync.exitCode() == 130, "\(sync.shown)")
      #expect(sync.shown.contains("interrupted"), "\(sync.shown)")
      #expect(sync.echoes)
      try world.expectNoProcess("ssh-id")
    }

    @Test(.enabled(if: Login.isPossible, "there is no sshd here"))
    func `Without a terminal ssh asks nothing and fails`() throws {
      let world = try World()
      let a = try world.laptopWithSamples()
      let there = try Login(in: world, isKnown: true)
      let library = try there.joined(to: a)
      var alone = there.caller(a)
      alone.launcher = ["/usr/bin/setsid", "--wait"]
      let result = try alone.run("sync", there.target(library)).expect(17)
      #expect(result.messages.contains("Permission denied"), "\(result)")
      #expect(result.messages.contains("Can ssh log in there"), "\(result)")
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `A host that accepts and says nothing leaves no ssh behind`(number: Int32) throws {
      let world = try World()
      let a = try world.laptopWithSamples()
      let silent = try Listener()
      let ssh = try world.script(
        "ssh", "echo $$ > '\(world.path("ssh-id"))'; exec ssh -F none \"$@\"")
      let sync = try a.atTerminal(
        "sync", "ssh://127.0.0.1:\(silent.port)/library", with: ["SATCHEL_SSH": ssh])
      silent.accept()
      if number == SIGINT { sync.type("\u{3}") } else { sync.signal(number) }
      #expect(try sync.exitCode() == 130, "\(sync.shown)")
      try world.expectNoProcess("ssh-id")
    }

    @Test func `What does not heed a request to end is killed`() throws {
      let world = try World()
      let a = try world.laptopWithSamples()
      let stubborn = try world.script(
        "stubborn",
        """
        trap '' INT TERM HUP
        ls -l /proc/self/fd > '\(world.path("descriptors"))'
        grep SigBlk /proc/self/status > '\(world.path("signals"))'
        echo $$ > '\(world.path("id"))'
        echo ready >&2
        while :; do sleep 1; done
        """)
      for twice in [false, true] {
        let sync = try a.atTerminal("sync", "ssh://there/library", with: ["SATCHEL_SSH": stubborn])
        try sync.wait(for: "ready")
        sync.signal(SIGINT)
        if twice { sync.signal(SIGTERM) }
        #expect(try sync.exitCode() == 130, "\(sync.shown)")
        try world.expectNoProcess("id")
      }
      // It got no signal blocked, and none of this process's files.
      let signals = String(decoding: try world.read("signals"), as: UTF8.self)
      #expect(signals.hasSuffix("\t0000000000000000\n"))
      let descriptors = String(decoding: try world.read("descriptors"), as: UTF8.self)
      #expect(!descriptors.contains("library"))
    }
  }

  /// An sshd of one's own on the loopback, and the keys of who logs in.
  private struct Login {
    private let world: World
    private let server: PseudoTerminal
    private let port: Int
    private static let sshd = "/usr/sbin/sshd"
    private static let folder = "/run/sshd"

    static let isPossible: Bool = {
      let programs = [sshd, "/usr/bin/ssh", "/usr/bin/ssh-keygen", "/usr/bin/setsid"]
      guard programs.allSatisfy({ FileManager.default.isExecutableFile(atPath: $0) })
      else { return false }
      // Where it shuts strangers in, if it is the superuser's.
      return geteuid() != 0
        || (try? FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)) != nil
    }()

    /// Whether it can be run where other passwords are good than on this machine.
    static let canHavePassword: Bool = {
      let unshare = Process()
      unshare.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
      unshare.arguments = ["-m", "true"]
      return isPossible && geteuid() == 0 && (try? ToolResult(unshare, input: nil))?.code == 0
    }()

    /// "green tea".
    private static let password =
      "$6$satchel$LnNMXSO3UFHejlX6f7I2CRjw3.1qCslwZaV3cIGjerixQdh5d"
      + "K1jNx0SvJ/oY/2vudPWXLe9WLyg4Tf/34RgB."

    /// - Parameters:
    ///   - isKnown: whether the host's key has been seen before.
    ///   - asksForPassword: whether it takes a password instead of a key.
    init(in world: World, isKnown: Bool = false, asksForPassword: Bool = false) throws {
      self.world = world
      let keys = try world.makeFolder("keys")
      for (name, passphrase) in [("host", ""), ("person", "a cup of tea")] {
        let keygen = Process()
        keygen.executableURL = URL(fileURLWithPath: "/usr/bin/ssh-keygen")
        keygen.arguments = ["-q", "-t", "ed25519", "-N", passphrase, "-f", "\(keys)/\(name)"]
        try ToolResult(keygen, input: nil).expect(0)
      }
      port = try Listener().port
      try world.write(
        Data(
          """
          ListenAddress 127.0.0.1
          Port \(port)
          HostKey \(keys)/host
          AuthorizedKeysFile \(keys)/person.pub
          PidFile none
          StrictModes no
          UsePAM no
          PermitRootLogin yes
          PasswordAuthentication \(asksForPassword ? "yes" : "no")
          PubkeyAuthentication \(asksForPassword ? "no" : "yes")
          SetEnv XDG_STATE_HOME=\(world.path("there/state")) HOME=\(world.path("there"))

          """.utf8), to: "keys/sshd_config")
      try world.write(
        Data(
          """
          UserKnownHostsFile \(keys)/known
          IdentityFile \(keys)/person
          IdentitiesOnly yes
          IdentityAgent none

          """.utf8), to: "keys/ssh_config")
      if isKnown {
        let host = String(decoding: try world.read("keys/host.pub"), as: UTF8.self)
        try world.write(Data("[127.0.0.1]:\(port) \(host)".utf8), to: "keys/known")
      }
      try world.script(
        "ssh", "echo $$ > '\(world.path("ssh-id"))'\nexec ssh -F '\(keys)/ssh_config' \"$@\"")
      var command = [Login.sshd, "-D", "-e", "-f", "\(keys)/sshd_config"]
      if asksForPassword {
        try world.write(Data("root:\(Login.password):20000::::::\n".utf8), to: "keys/shadow")
        let script =
          "mount --make-rprivate / && mount --bind '\(keys)/shadow' /etc/shadow && exec \"$@\""
        command = ["/usr/bin/unshare", "-m", "/bin/sh", "-c", script, "sh"] + command
      }
      server = try PseudoTerminal(command, environment: ["PATH": "/usr/bin:/bin"])
      try server.wait(for: "Server listening on")
    }

    /// An empty replica on the other machine.
    func joined(to laptop: Laptop) throws -> Laptop { try world.joined("there", to: laptop) }

    func target(_ library: Laptop) -> String { "ssh://127.0.0.1:\(port)\(library.library)" }

    /// The laptop that logs in.
    func caller(_ laptop: Laptop) -> Laptop {
      var laptop = laptop
      laptop.environment["SATCHEL_SSH"] = world.path("ssh")
      laptop.environment["SATCHEL_REMOTE"] = Repository.tool.path
      return laptop
    }

    func sync(_ laptop: Laptop, _ library: Laptop) throws -> PseudoTerminal {
      try caller(laptop).atTerminal("sync", target(library), size: (24, 400))
    }
  }

  /// A port of the loopback on which somebody listens and says nothing.
  private final class Listener {
    let port: Int
    private let socket: Int32
    private var peer: Int32 = -1

    init() throws {
      socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let socket = socket
      let code = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          bind(socket, address, length) | listen(socket, 4) | getsockname(socket, address, &length)
        }
      }
      port = Int(UInt16(bigEndian: address.sin_port))
      try #require(code == 0)
    }

    /// Waits for somebody, ten seconds and no longer.
    func accept() {
      var ready = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      let isThere = poll(&ready, 1, 10_000) > 0
      #expect(isThere, "nobody came")
      if isThere { peer = Foundation.accept(socket, nil, nil) }
    }

    deinit { for handle in [socket, peer] where handle >= 0 { close(handle) } }
  }
#endif
