// swift-tools-version: 6.2

import PackageDescription

/// The checks set this; a program that embeds Satchel with a newer compiler must not fail over a
/// new warning.
let isStrict = Context.environment["SATCHEL_STRICT"] != nil

/// Clients that see a module's members only where they import the module: the product must do alone.
let asClient: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

/// Every target is compiled in Swift 6 mode with the same settings; arrows point downwards only,
/// and `swift build --explicit-target-dependency-import-check error` holds the sources to them.
let package = Package(
  name: "Satchel",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Satchel", targets: ["Satchel"]),
    .executable(name: "satchel", targets: ["SatchelTool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    // Pure rules: no I/O, no wall time, no randomness of their own.
    .target(name: "Replication"),
    .target(name: "Articles", dependencies: ["Replication"]),
    .target(
      name: "Documents", dependencies: [.product(name: "Yams", package: "Yams")],
      linkerSettings: [.linkedLibrary("iconv", .when(platforms: [.macOS]))]),

    // Bytes.
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(
      name: "Coding",
      dependencies: [
        "Replication", "CZlib", .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "Sealing", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),

    // Paths as bytes; the one way to write a file that matters, and to open one from outside.
    .target(
      name: "Files", dependencies: [.product(name: "SystemPackage", package: "swift-system")]),

    .systemLibrary(
      name: "CZip", pkgConfig: "libzip",
      providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    .target(name: "Archives", dependencies: ["CZip", "Files"]),

    // The durable replica and the files it exchanges.
    .target(
      name: "LibraryStore",
      dependencies: [
        "Replication", "Articles", "Coding", "Files",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .target(name: "SyncSession", dependencies: ["Replication", "Coding"]),
    .target(
      name: "Processes",
      dependencies: [.product(name: "NIOConcurrencyHelpers", package: "swift-nio")]),
    .target(
      name: "Transports",
      dependencies: [
        "Replication", "Coding", "Files", "LibraryStore", "Processes", "Sealing", "SyncSession",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),

    // Foreign formats.
    .target(
      name: "Formats",
      dependencies: ["Replication", "Archives", "Articles", "Coding", "Documents", "Files"]),

    // The product, and the tool.
    .target(
      name: "Satchel",
      dependencies: [
        "Replication", "Articles", "Documents", "Coding", "Files", "LibraryStore", "Processes",
        "Sealing", "SyncSession", "Transports", "Formats",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    // The reader's page.
    .target(
      name: "WebReader",
      dependencies: [
        "Satchel", "Documents", "Files",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .systemLibrary(
      name: "CQREncode", pkgConfig: "libqrencode",
      providers: [.apt(["libqrencode-dev"]), .brew(["qrencode"])]),
    .executableTarget(
      name: "SatchelTool",
      dependencies: [
        "Satchel", "Files", "CQREncode", "Processes", "WebReader",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
      ]),

    // Programs that use the product as others' do, with nothing of the package's own: an example for
    // readers, `swift run Embed`, and the documentation's code.
    .executableTarget(
      name: "Embed", dependencies: ["Satchel"], path: "Examples/embed", packageAccess: false,
      swiftSettings: asClient),
    .target(
      name: "Samples", dependencies: ["Satchel"], path: "Tests/Samples", packageAccess: false,
      swiftSettings: asClient),

    // Tests.
    .target(
      name: "TestSupport", dependencies: ["Articles", "Coding", "Files", "Replication"],
      path: "Tests/TestSupport"),
    // Readers of what comes from outside, each to be given anything.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Replication", "Articles", "Coding", "Documents", "Files", "Formats", "Sealing",
        "SyncSession", "Transports", "WebReader", "TestSupport",
      ], path: "Tests/FuzzTargets"),
    .testTarget(
      name: "FuzzTests", dependencies: ["FuzzTargets", "TestSupport"], exclude: ["Found"]),
    // What the process does to files, recorded and made to fail below all else.
    .target(name: "SystemCalls", path: "Tests/SystemCalls"),
    .testTarget(
      name: "FaultTests",
      dependencies: [
        "Articles", "Files", "Formats", "LibraryStore", "Replication", "Satchel", "SatchelTool",
        "SystemCalls", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(
      name: "StorageSupport", dependencies: ["Files", "Transports"], path: "Tests/StorageSupport"),
    .testTarget(name: "ReplicationTests", dependencies: ["Replication", "TestSupport"]),
    .testTarget(name: "ArticlesTests", dependencies: ["Articles", "Replication", "TestSupport"]),
    .testTarget(
      name: "CodingTests", dependencies: ["Coding", "Replication", "CZlib", "TestSupport"]),
    .testTarget(
      name: "SealingTests",
      dependencies: [
        "Sealing", "TestSupport", .product(name: "Crypto", package: "swift-crypto"),
      ], exclude: ["noise-peer.py"]),
    .testTarget(
      name: "SyncSessionTests",
      dependencies: ["Replication", "Coding", "SyncSession", "TestSupport"]),
    .testTarget(
      name: "DocumentsTests", dependencies: ["Documents", "TestSupport"],
      exclude: ["hostile-shapes.json"]),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"]),
    .testTarget(name: "ArchivesTests", dependencies: ["Archives", "CZip", "Files", "TestSupport"]),
    .testTarget(
      name: "FormatsTests",
      dependencies: [
        "Formats", "Articles", "Coding", "Documents", "Files", "Replication", "TestSupport",
      ]),
    .testTarget(
      name: "LibraryStoreTests",
      dependencies: [
        "Replication", "Articles", "Coding", "Files", "LibraryStore", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "TransportsTests",
      dependencies: [
        "Replication", "Articles", "Coding", "Files", "Sealing", "LibraryStore", "Processes",
        "SyncSession", "Transports", "StorageSupport", "TestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ], exclude: ["counting-proxy.py", "picture-server.py"]),
    .testTarget(
      name: "SatchelTests",
      dependencies: [
        "Replication", "Articles", "Documents", "Files", "Coding", "Sealing", "Formats",
        "LibraryStore", "SyncSession", "Transports", "Satchel", "TestSupport", "Samples",
      ]),
    .testTarget(
      name: "SimulationTests",
      dependencies: [
        "Replication", "Articles", "Coding", "Files", "Sealing", "LibraryStore", "SyncSession",
        "Transports", "Satchel", "SatchelTool", "StorageSupport", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "WebReaderTests",
      dependencies: [
        "Articles", "Documents", "Files", "Satchel", "TestSupport", "WebReader",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    .testTarget(
      name: "SpecificationTests",
      dependencies: [
        "Replication", "Articles", "Coding", "Files", "Sealing", "LibraryStore", "Transports",
        "TestSupport",
      ]),
    .testTarget(
      name: "ToolTests",
      dependencies: [
        "SatchelTool", "Files", "SystemCalls", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["session-peer.py", "failing-calls.c"]),
  ],
  swiftLanguageModes: [.v6]
)

// A program for libFuzzer, which `Tests/fuzz.sh` builds in a folder of its own.
if Context.environment["SATCHEL_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(name: "Fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz"))
}

for target in package.targets where isStrict && target.type != .system {
  target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
  // The checks are optimized, for what they check is slow otherwise; to optimize the tests themselves
  // takes longer than they save.
  guard target.type == .test else { continue }
  target.swiftSettings?.append(.unsafeFlags(["-Onone"], .when(configuration: .release)))
}
