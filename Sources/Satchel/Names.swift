// Whoever embeds Satchel imports it alone: what the layers below make public is the product's. Of three
// of them only what the product speaks of: they are public throughout, since the compiler inlines
// across modules what is public and nothing else.
@_exported import Articles
@_exported import Files
@_exported import Formats
@_exported import LibraryStore
@_exported import Sealing
@_exported import SyncSession
// Paths are its.
@_exported import SystemPackage
@_exported import Transports

@_exported import enum Coding.CodingError
@_exported import struct Coding.ShownMemo
@_exported import enum Documents.ColumnAlignment
@_exported import enum Documents.DisplayWidth
@_exported import enum Documents.DocumentFormat
@_exported import struct Documents.HTMLPart
@_exported import enum Documents.PictureKind
@_exported import enum Documents.TerminalEscape
@_exported import struct Documents.TerminalText
@_exported import struct Documents.TextEncoding
@_exported import protocol Replication.CodedAsText
@_exported import struct Replication.ContentHash
@_exported import struct Replication.Context
@_exported import struct Replication.DeltaStatement
@_exported import struct Replication.Digest128
@_exported import struct Replication.Dot
@_exported import struct Replication.EntityID
@_exported import struct Replication.EntityKind
@_exported import struct Replication.Field
@_exported import struct Replication.Fingerprint
@_exported import enum Replication.Hexadecimal
@_exported import struct Replication.Identifier
@_exported import struct Replication.Knowledge
@_exported import struct Replication.Operation
@_exported import struct Replication.PeerReport
@_exported import struct Replication.RegisterID
@_exported import struct Replication.ReplicaID
@_exported import enum Replication.ReplicationError
@_exported import struct Replication.SequenceSet
@_exported import struct Replication.Shown
@_exported import struct Replication.Stamp
@_exported import struct Replication.Value
@_exported import enum Replication.Wording

/// An operation, where Foundation's class of that name is seen too.
public typealias LoggedOperation = Replication.Operation
