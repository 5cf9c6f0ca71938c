// Whoever embeds Satchel imports it alone: what the layers below make public is the product's.
@_exported import Articles
@_exported import Documents
@_exported import Files
@_exported import Formats
@_exported import LibraryStore
@_exported import Replication
@_exported import Sealing
@_exported import SyncSession
// Paths are its.
@_exported import SystemPackage
@_exported import Transports

/// An operation, where Foundation's class of that name is seen too.
public typealias LoggedOperation = Replication.Operation
