import Satchel

/// Lists as their readers last saw them, so that an article's neighbors stay what they were while what
/// is read leaves the list.
actor SeenLists {
}
