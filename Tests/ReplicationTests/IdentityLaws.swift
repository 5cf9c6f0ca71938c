import Replication
import TestSupport
import Testing

/// Databases that are copied, moved, restored and merged between machines whose evidence stays where
/// it is, unless the machine itself is cloned: no dot is issued twice (Protocol 1.10).
struct IdentityLaws {
  @Test func `no dot is issued twice, and nobody writes as an id whose past it lacks`() {
    for seed in UInt64(0)..<300 {
      var world = World(seed: seed, clones: false)
      for _ in 0..<120 { world.step() }
      #expect(world.faults == [], "seed \(seed)")
      #expect(world.twinsFound == 0, "seed \(seed): a false alarm")
    }
  }

  @Test func `of cloned machines nobody issues a dot again once the twins have met`() {
    var met = 0
    for seed in UInt64(0)..<300 {
      var world = World(seed: seed, clones: true)
      for _ in 0..<160 { world.step() }
      #expect(world.faults == [], "seed \(seed)")
      #expect(world.machines.count > 1 || world.twinsFound == 0, "seed \(seed): a false alarm")
      met += world.twinsFound
    }
    #expect(met > 0)
  }

  @Test func `a library that travels between machines has one id on each`() {
    for machines in 1...3 {
      var world = World(seed: 7, clones: false, machines: machines)
      world.crashes = false
      for journey in 0..<100 {
        world.databases[0].machine = journey % machines
        world.write(at: 0)
      }
      #expect(world.freshCount == machines)
    }
  }

  /// An operation is a random number here: two under one dot are twins'.
  private typealias History = [ReplicaID: [UInt64: UInt64]]

  private struct Database {
    var machine: Int
    var identities: OwnIdentities
    var known: History = [:]
  }

  private struct World {
    var machines: [OwnIdentities.Evidence]
    var databases: [Database] = []
    var faults: [String] = []
    var twinsFound = 0
    var freshCount = 0
    var crashes = true
    private var backups: [Database] = []
    private var issued: History = [:]
    /// Of which machine's ids it was found that they have twins.
    private var met: [Int: Set<ReplicaID>] = [:]
    private let clones: Bool
    private var generator: SeededGenerator

    init(seed: UInt64, clones: Bool, machines: Int? = nil) {
      generator = SeededGenerator(seed: seed)
      self.clones = clones
      let count = machines ?? (clones ? 1 : Int.random(in: 1...3, using: &generator))
      self.machines = Array(repeating: [:], count: count)
      let nobody = ReplicaID(Identifier(high: 0, low: 0))
      databases = [
        Database(machine: 0, identities: OwnIdentities(current: nobody, entries: [:]))
      ]
    }

    mutating func step() {
      let index = Int.random(in: databases.indices, using: &generator)
      let machine = Int.random(in: machines.indices, using: &generator)
      switch Int.random(in: 0..<100, using: &generator) {
      case 0..<50: write(at: index)
      case 50..<58 where databases.count < 6:
        var copy = databases[index]
        copy.machine = clones ? copy.machine : machine
        databases.append(copy)
      case 58..<64 where clones && machines.count < 3:
        var copy = databases[index]
        machines.append(machines[copy.machine])
        copy.machine = machines.count - 1
        databases.append(copy)
      case 58..<68 where !clones: databases[index].machine = machine
      case 68..<74 where !clones: backups.append(databases[index])
      case 74..<80 where !clones:
        guard var backup = backups.randomElement(using: &generator) else { return }
        backup.machine = databases[index].machine
        databases[index] = backup
      default: merge(from: Int.random(in: databases.indices, using: &generator), into: index)
      }
    }

    mutating func write(at index: Int) {
      var database = databases[index]
      takeIdentity(&database)
      let replica = database.identities.current
      let sequence = (database.identities.entries[replica]?.issued.sequence ?? 0) + 1
      database.identities.raise(sequence: sequence, using: &generator)
      machines[database.machine][replica] = database.identities.entries[replica]?.issued
      // Now and then the process dies between evidence and commit.
      if crashes, Int.random(in: 0..<33, using: &generator) == 0 { return }
      if issued[replica]?[sequence] != nil,
        !clones || met[database.machine]?.contains(replica) == true
      {
        faults.append("dot \(sequence) twice")
      }
      let past = database.known[replica] ?? [:]
      if !clones,
        issued[replica]?.keys.contains(where: { $0 < sequence && past[$0] == nil }) == true
      {
        faults.append("without its past")
      }
      let operation = generator.next()
      issued[replica, default: [:]][sequence] = operation
      database.known[replica, default: [:]][sequence] = operation
      databases[index] = database
    }

    private mutating func takeIdentity(_ database: inout Database) {
      recover(&database)
      let evidence = machines[database.machine]
      guard let writer = database.identities.writer(evidence) else {
        return begin(&database)
      }
      database.identities.goOn(as: writer)
    }

    private mutating func begin(_ database: inout Database) {
      freshCount += 1
      database.identities.dropUnfit(machines[database.machine])
      database.identities.begin(ReplicaID(.random(using: &generator)), using: &generator)
      let fresh = database.identities.current
      machines[database.machine][fresh] = database.identities.entries[fresh]?.issued
    }

    private mutating func recover(_ database: inout Database) {
      while let twin = database.identities.twin(machines[database.machine]) {
        twinsFound += 1
        met[database.machine, default: []].insert(twin)
        database.identities.strike(twin)
        machines[database.machine][twin] = nil
        begin(&database)
      }
    }

    private mutating func merge(from source: Int, into index: Int) {
      var database = databases[index]
      let arriving = databases[source].known.mapValues { operations in
        operations.filter { _ in Int.random(in: 0..<10, using: &generator) < 7 }
      }
      for (replica, operations) in arriving {
        for (sequence, operation) in operations {
          let differs = database.known[replica]?[sequence].map { $0 != operation } ?? false
          database.identities.noteShown(differs ? .max : sequence, of: replica)
        }
      }
      recover(&database)
      for (replica, operations) in arriving {
        database.known[replica, default: [:]].merge(operations) { mine, _ in mine }
      }
      databases[index] = database
    }
  }
}
