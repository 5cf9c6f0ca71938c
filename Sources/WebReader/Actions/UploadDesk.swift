import Files

/// Files that were uploaded and wait for their reader to confirm them, in a private folder that goes
/// with this.
actor UploadDesk {
}
